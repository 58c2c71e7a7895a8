import ByteScanning
import Crypto
import Foundation

/// A record of the lines of a file that are done: one line of text for each, appended as soon as its response arrives.
///
/// A killed process loses no entries; after a power failure, lines of the last seconds may be sent again. The first
/// line names the server and identifies the file by a hash of its first line, so a journal is not used for another
/// file.
struct SendJournal {
  private let handle: FileHandle
  private let path: String
  /// A bit for each line.
  private var bits: [UInt64] = []

  /// Opens a journal, and creates it if it is missing.
  ///
  /// - Throws: ``SendFailure``, also if the journal belongs to another file or server.
  init(path: String, server: String, firstLine: [UInt8]) throws(SendFailure) {
    self.path = path
    let hash = HexDigits.text(SHA256.hash(data: firstLine).prefix(8))
    let head = "footfall send 1 \(hash) \(server)"
    do {
      if !FileManager.default.fileExists(atPath: path) {
        try Data((head + "\n").utf8).write(to: URL(fileURLWithPath: path))
      }
      let text = try Data(contentsOf: URL(fileURLWithPath: path))
      handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      guard let first = lines.first, String(decoding: first, as: UTF8.self) == head else {
        throw SendFailure.usage(
          "\(path): belongs to another file or server; name another journal with --journal, or delete it to send all"
        )
      }
      // The last piece has no line end: it is empty, or was truncated by a crash.
      for line in lines.dropFirst().dropLast() {
        if let number = Int(String(decoding: line, as: UTF8.self)) { set(number) }
      }
      let whole = text.count - (lines.last?.count ?? 0)
      try handle.truncate(atOffset: UInt64(whole))
      try handle.seekToEnd()
    } catch let failure as SendFailure {
      throw failure
    } catch {
      throw SendFailure.inputOutput("\(path): cannot be read or written; it records which lines are done (--journal)")
    }
  }

  /// Returns whether a line, counted from 1, is done.
  func has(_ line: Int) -> Bool {
    line >> 6 < bits.count && bits[line >> 6] >> (line & 63) & 1 == 1
  }

  /// Records that a line is done.
  mutating func note(_ line: Int) throws(SendFailure) {
    set(line)
    do {
      try handle.write(contentsOf: Data("\(line)\n".utf8))
    } catch {
      throw .inputOutput("\(path): cannot be written; is the disk full?")
    }
  }

  private mutating func set(_ line: Int) {
    guard line > 0, line < 1 << 40 else { return }
    while bits.count <= line >> 6 { bits.append(0) }
    bits[line >> 6] |= 1 << (line & 63)
  }
}

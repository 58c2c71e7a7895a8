import ByteScanning
import Crypto
import Foundation

/// Which lines of a file are done: a line of text for each, appended as soon as its answer is there.
///
/// A killed process loses nothing of it; after a power cut lines of the last seconds may be sent again. The first line
/// tells server and file, the latter by a hash of its first line, so that a journal is not taken for that of another file.
struct SendJournal {
  private let handle: FileHandle
  private let path: String
  /// A bit for each line.
  private var bits: [UInt64] = []

  /// Opens a journal, made where it is missing.
  ///
  /// - Throws: ``SendFailure``, also where it belongs to another file or server.
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
          "\(path): tells of another file or server; name another journal with --journal, or delete it to send all lines"
        )
      }
      // The last piece has no line end: it is empty, or was cut short by a crash.
      for line in lines.dropFirst().dropLast() {
        if let number = Int(String(decoding: line, as: UTF8.self)) { set(number) }
      }
      let whole = text.count - (lines.last?.count ?? 0)
      try handle.truncate(atOffset: UInt64(whole))
      try handle.seekToEnd()
    } catch let failure as SendFailure {
      throw failure
    } catch {
      throw SendFailure.inputOutput("\(path): cannot be read or written; it notes which lines are done (--journal)")
    }
  }

  /// Whether a line, counted from 1, is done.
  func has(_ line: Int) -> Bool {
    line >> 6 < bits.count && bits[line >> 6] >> (line & 63) & 1 == 1
  }

  /// Notes that a line is done.
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

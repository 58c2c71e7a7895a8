import Foundation
import Synchronization
import TestSupport

@testable import LogInput

/// Runs a program of the system to its end.
enum SystemTool {
  struct Failure: Error {}

  static func run(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure() }
  }
}

/// Compresses bytes with the system's programs, one stream each.
enum Packer: String, CaseIterable {
  case gzip
  case bzip2
  case xz
  case zstd

  func packed(_ streams: [UInt8]..., in folder: TemporaryFolder) throws -> [UInt8] {
    try streams.reduce(into: []) { $0 += try stream($1, folder) }
  }

  private func stream(_ bytes: [UInt8], _ folder: TemporaryFolder) throws -> [UInt8] {
    let plain = try folder.write(bytes, to: "to-be-packed")
    let packed: String
    switch self {
    case .gzip:
      try SystemTool.run("gzip", "--force", "--no-name", plain)
      packed = plain + ".gz"
    case .bzip2:
      // The smallest possible blocks, to get several of them.
      try SystemTool.run("bzip2", "-1", "--force", plain)
      packed = plain + ".bz2"
    case .xz:
      try SystemTool.run("xz", "--force", plain)
      packed = plain + ".xz"
    case .zstd:
      try SystemTool.run("zstd", "--quiet", "--force", "--rm", plain)
      packed = plain + ".zst"
    }
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: packed)))
  }
}

/// Everything that a byte source delivers.
struct Delivered: Equatable {
  var bytes: [UInt8] = []
  var damage: InputDamage?

  init(bytes: [UInt8], damage: InputDamage? = nil) {
    self.bytes = bytes
    self.damage = damage
  }

  /// Reads a file to its end, `room` bytes at a time.
  init(_ path: String, room: Int = 1_000_000) throws {
    let source = try ByteSource(path: path)
    var buffer = [UInt8](repeating: 0, count: room)
    while true {
      let got = source.read(into: &buffer, at: 0)
      if got == 0 { break }
      bytes += buffer[..<got]
    }
    damage = source.damage
  }
}

/// Writes bytes into a named pipe, in pieces of random sizes, while another thread reads them.
private final class Pieces: Sendable {
  private let isWritten = Mutex(false)

  init(_ path: String, _ bytes: [UInt8], seed: UInt64) throws {
    Thread.detachNewThread { [self] in
      guard let pipe = FileHandle(forWritingAtPath: path) else { return }
      var chance = SeededGenerator(seed: seed)
      var rest = bytes[...]
      while !rest.isEmpty {
        let most = [300, 5_000, 70_000].randomElement(using: &chance) ?? 1
        let piece = rest.prefix(Int.random(in: 1...most, using: &chance))
        guard (try? pipe.write(contentsOf: piece)) != nil else { return }
        rest = rest.dropFirst(piece.count)
      }
      isWritten.withLock { $0 = true }
      try? pipe.close()
    }
  }

  /// Throws if not all bytes were written.
  func check() throws {
    guard isWritten.withLock({ $0 }) else { throw SystemTool.Failure() }
  }
}

/// Everything that a chunk reader delivers.
struct Chunked: Equatable {
  /// The bytes of all chunks.
  var bytes: [UInt8] = []
  /// How many lines were skipped because they were too long.
  var overlong = 0
  /// How many bytes wait for their line end.
  var tail = 0
  /// Whether every chunk consisted of whole lines and was within the size limit.
  var isWhole = true

  init(bytes: [UInt8], overlong: Int = 0, tail: Int = 0) {
    self.bytes = bytes
    self.overlong = overlong
    self.tail = tail
  }

  /// Reads a file in chunks, every second one into the buffer of the previous chunk.
  init(_ path: String, takesTail: Bool = false) throws {
    self.init(try ByteSource(path: path), takesTail: takesTail)
  }

  /// Reads a pipe that delivers pieces of random sizes.
  init(pieces file: [UInt8], takesTail: Bool, seed: UInt64, in folder: TemporaryFolder) throws {
    let path = folder.path("pipe-" + UUID().uuidString)
    try SystemTool.run("mkfifo", path)
    let pipe = try Pieces(path, file, seed: seed)
    self.init(try ByteSource(path: path), takesTail: takesTail)
    try pipe.check()
  }

  private init(_ source: ByteSource, takesTail: Bool) {
    let reader = ChunkReader(source)
    var spare = Chunk.none
    while let chunk = reader.next(reusing: spare, takesTail: takesTail) {
      bytes += chunk.bytes[..<chunk.count]
      overlong += chunk.overlongLines
      isWhole = isWhole && chunk.count <= ChunkReader.chunkSize
      if chunk.count > 0 { isWhole = isWhole && chunk.bytes[chunk.count - 1] == 0x0A }
      spare = spare.bytes.isEmpty ? chunk : .none
    }
    tail = reader.tailBytes
  }

  /// Applies the rules to a file the slow way: lines end in LF, or in the first NUL of a hole; those over 1 MiB lose the
  /// NULs before them, and are skipped if that is not enough.
  init(rulesFor file: [UInt8], takesTail: Bool) {
    var rest = file[...]
    for index in file.indices.dropFirst() where file[index] == 0 && file[index - 1] != 0 && file[index - 1] != 0x0A {
      rest[index] = 0x0A
    }
    while let end = rest.firstIndex(of: 0x0A) {
      take(rest[..<end])
      rest = rest[(end + 1)...]
    }
    guard !rest.isEmpty else { return }
    if takesTail { take(rest) } else { tail = rest.count }
  }

  private mutating func take(_ line: ArraySlice<UInt8>) {
    let line = line.count > 1_048_576 ? line.drop { $0 == 0 } : line
    if line.count > 1_048_576 { overlong += 1 } else { bytes += line + [0x0A] }
  }
}

import AccessLog
import ByteScanning
import Ledger
import LogInput

/// A line of a chunk that was found and hashed, but not parsed.
struct ScannedLine: Sendable {
  /// The index of its first byte in the chunk.
  var start: Int32
  /// The number of its bytes, without its line end.
  var count: Int32
  /// Its keyed hash.
  var hash: UInt64

  /// Its bytes in the chunk.
  var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

extension LineHasher {
  /// Finds and hashes the lines of a chunk.
  func lines(of chunk: borrowing Chunk) -> [ScannedLine] {
    let bytes = chunk.bytes.span
    var lines: [ScannedLine] = []
    lines.reserveCapacity(chunk.count / 100)
    var scanner = LineScanner(0..<chunk.count)
    while let range = scanner.next(in: bytes) {
      lines.append(
        ScannedLine(
          start: Int32(range.lowerBound), count: Int32(range.count), hash: hash(bytes, range)))
    }
    return lines
  }
}

import ByteScanning
import Ledger

/// Counts lines and adds up their hashes. Lines may be reordered and mixed with others, but a lost, duplicated or
/// changed line shows.
struct StreamSum: Equatable {
  // Not a secret: it guards against accidents, as the checksum of a file does.
  private static let hasher = LineHasher(key: (0x666F_6F74_6661_6C6C, 0x7374_7265_616D_2D31))

  /// The number of lines.
  var lines = 0
  /// The sum of their hashes, modulo 2⁶⁴.
  var sum: UInt64 = 0

  /// Adds a line, without its line end.
  mutating func add(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    lines += 1
    sum &+= Self.hasher.hash(bytes, range)
  }

  static func += (left: inout StreamSum, right: StreamSum) {
    left.lines += right.lines
    left.sum &+= right.sum
  }

  /// The sum as columns of a line.
  var columns: [String] { [String(lines), HexDigits.text(sum)] }

  /// Parses two columns; returns nil if they are not a sum.
  static func read(_ columns: some Collection<String>) -> StreamSum? {
    guard columns.count == 2, let first = columns.first, let lines = Int(first), lines >= 0,
      let digits = columns.dropFirst().first, digits.utf8.count == 16, let sum = UInt64(digits, radix: 16)
    else { return nil }
    return StreamSum(lines: lines, sum: sum)
  }
}

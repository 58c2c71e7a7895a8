import ByteScanning
import Ledger

/// Counts lines and adds up their hashes, so that lines can be put in another order and among those of others, but none can
/// be lost, doubled or changed without it showing.
struct StreamSum: Equatable {
  // No secret: it guards against accidents, as the checksum of a file does.
  private static let hasher = LineHasher(key: (0x666F_6F74_6661_6C6C, 0x7374_7265_616D_2D31))

  /// How many lines.
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

  /// The columns of a line that tells it.
  var columns: [String] { [String(lines), HexDigits.text(sum)] }

  /// What two columns tell; nil where they do not.
  static func read(_ columns: some Collection<String>) -> StreamSum? {
    guard columns.count == 2, let first = columns.first, let lines = Int(first), lines >= 0,
      let digits = columns.dropFirst().first, digits.utf8.count == 16, let sum = UInt64(digits, radix: 16)
    else { return nil }
    return StreamSum(lines: lines, sum: sum)
  }
}

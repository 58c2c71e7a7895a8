import ByteScanning

/// The columns of a line of a stream, separated by tabs.
struct Columns {
  /// The range of each column.
  private(set) var ranges: [Range<Int>] = []

  /// Finds the columns of a line.
  mutating func split(_ bytes: Span<UInt8>, _ line: Range<Int>) {
    ranges.removeAll(keepingCapacity: true)
    var start = line.lowerBound
    while true {
      let end = ByteSearch.firstIndex(of: Byte.tab, in: bytes, from: start, to: line.upperBound)
      ranges.append(start..<end)
      if end == line.upperBound { return }
      start = end + 1
    }
  }

  /// Returns the columns of a line as texts.
  static func texts(_ bytes: Span<UInt8>, _ line: Range<Int>) -> [String] {
    text(bytes, line).split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }

  /// Returns a column as text.
  static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: self.bytes(bytes, range), as: UTF8.self)
  }

  /// Returns a copy of some bytes.
  static func bytes(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var copy: [UInt8] = []
    ByteCopy.append(bytes, range, to: &copy)
    return copy
  }

  /// Returns a column as a number; nil if it is not a number of at most nine digits.
  static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard (1...9).contains(range.count) else { return nil }
    var number = 0
    for index in range {
      let digit = bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      number = number * 10 + Int(digit)
    }
    return number
  }
}

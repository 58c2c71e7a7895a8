import ByteScanning

/// Iterates over the `name=value` pairs of a query, like the URL standard's form parser.
///
/// Source of the rule: <https://url.spec.whatwg.org/#concept-urlencoded-parser>.
public struct QueryParameters: Sendable {
  /// The longest value kept, in bytes.
  public static let longestValue = 255

  private var position: Int
  private let end: Int

  /// Starts at the first pair of the query in `range`.
  public init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  /// Returns the next pair, or nil after the last one.
  public mutating func next(in bytes: Span<UInt8>) -> (name: Range<Int>, value: Range<Int>)? {
    while position < end {
      let start = position
      var equals = -1
      while position < end, bytes[position] != Byte.ampersand {
        if equals < 0, bytes[position] == Byte.equals { equals = position }
        position += 1
      }
      let pairEnd = position
      if position < end { position += 1 }
      if pairEnd > start {
        return equals < 0
          ? (start..<pairEnd, pairEnd..<pairEnd) : (start..<equals, equals + 1..<pairEnd)
      }
    }
    return nil
  }

  /// Appends a decoded value (`%HH`, `+` for a space), trimmed, without control characters, truncated to
  /// ``longestValue`` bytes.
  ///
  /// Bytes that are not UTF-8 are kept; they are repaired when displayed. Truncation never splits a character.
  public static func appendDecoded(
    _ bytes: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]
  ) {
    let start = out.count
    var index = range.lowerBound
    while index < range.upperBound {
      var byte = bytes[index]
      var width = 1
      if byte == Byte.plus {
        byte = Byte.space
      } else if byte == Byte.percent, index + 2 < range.upperBound,
        let high = HexDigits.value(bytes[index + 1]), let low = HexDigits.value(bytes[index + 2])
      {
        byte = high << 4 | low
        width = 3
      }
      if byte >= 0x20, byte != 0x7F { out.append(byte) }
      index += width
    }
    trimAndCut(&out, from: start)
  }

  /// Trims spaces at both ends of what was appended since `start`, and truncates it to ``longestValue`` bytes.
  static func trimAndCut(_ out: inout [UInt8], from start: Int) {
    while out.count > start, out.last == Byte.space { out.removeLast() }
    let text = out[start...].firstIndex { $0 != Byte.space } ?? out.count
    out.removeSubrange(start..<text)
    cutAtCharacter(&out, from: start, limit: longestValue)
  }

  /// Truncates what was appended since `start` to at most `limit` bytes without splitting a UTF-8 character.
  static func cutAtCharacter(_ out: inout [UInt8], from start: Int, limit: Int) {
    guard out.count - start > limit else { return }
    var end = start + limit
    while end > start, out[end] & 0xC0 == 0x80 { end -= 1 }
    out.removeSubrange(end..<out.count)
  }
}

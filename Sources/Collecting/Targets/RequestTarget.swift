import ByteScanning

/// The parts of a request target or URL: `[scheme://host] path [?query] [#fragment]`.
///
/// Source of the rule: RFC 3986, sections 3 and 6.2.2; RFC 9112, section 3.2.
public enum RequestTarget {
  /// Where the parts are. A missing part is empty.
  public struct Parts: Equatable, Sendable {
    /// The host of an absolute target, without port.
    public var host: Range<Int>
    /// The path, up to the query or the fragment.
    public var path: Range<Int>
    /// The query without its question mark.
    public var query: Range<Int>

    /// Creates parts at these places, or without any.
    public init(host: Range<Int> = 0..<0, path: Range<Int> = 0..<0, query: Range<Int> = 0..<0) {
      self.host = host
      self.path = path
      self.query = query
    }
  }

  /// The longest pathname stored, in bytes; longer ones are truncated.
  public static let longestPath = 2_000

  /// Splits `range` of `bytes` into its parts. A target that starts with `//` is a path, never a host.
  public static func parts(of bytes: Span<UInt8>, _ range: Range<Int>) -> Parts {
    var start = range.lowerBound
    var host = start..<start
    if let authority = authorityStart(bytes, range) {
      var end = authority
      while end < range.upperBound, !isOneOf(bytes[end], Byte.slash, Byte.questionMark, Byte.numberSign) {
        end += 1
      }
      host = hostWithoutPort(bytes, authority..<end)
      start = end
    }
    let pathEnd = ByteSearch.firstIndex(
      of: Byte.questionMark, or: Byte.numberSign, in: bytes, from: start, to: range.upperBound)
    var query = pathEnd..<pathEnd
    if pathEnd < range.upperBound, bytes[pathEnd] == Byte.questionMark {
      let end = ByteSearch.firstIndex(of: Byte.numberSign, in: bytes, from: pathEnd + 1, to: range.upperBound)
      query = pathEnd + 1..<end
    }
    return Parts(host: host, path: start..<pathEnd, query: query)
  }

  /// Returns where the host starts in `http://host/…`; nil for a target without a scheme.
  private static func authorityStart(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard let first = range.first, bytes[first] != Byte.slash else { return nil }
    var index = first
    while index < range.upperBound, index - first < 12, bytes[index] != Byte.colon {
      guard isLetter(bytes[index]) || (index > first && mayFollowInScheme(bytes[index])) else { return nil }
      index += 1
    }
    guard index > first, index + 2 < range.upperBound, bytes[index] == Byte.colon,
      bytes[index + 1] == Byte.slash, bytes[index + 2] == Byte.slash
    else { return nil }
    return index + 3
  }

  /// Returns the host of an authority, without user and port.
  public static func hostWithoutPort(_ bytes: Span<UInt8>, _ authority: Range<Int>) -> Range<Int> {
    var start = authority.lowerBound
    for index in authority where bytes[index] == Byte.at {
      start = index + 1
    }
    if start < authority.upperBound, bytes[start] == Byte.openBracket {
      for index in start..<authority.upperBound where bytes[index] == Byte.closeBracket {
        return start..<index + 1
      }
    }
    for index in start..<authority.upperBound where bytes[index] == Byte.colon {
      return start..<index
    }
    return start..<authority.upperBound
  }

  /// Whether a byte may follow the first letter of a scheme: digit, plus, hyphen or dot, as in `android-app://`.
  private static func mayFollowInScheme(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || byte == Byte.plus || byte == Byte.hyphen || byte == Byte.dot
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= 0x61 && lower <= 0x7A
  }

  @inline(__always)
  private static func isOneOf(_ byte: UInt8, _ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    byte == first || byte == second || byte == third
  }
}

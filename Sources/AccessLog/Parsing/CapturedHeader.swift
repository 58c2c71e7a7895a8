import ByteScanning

/// Identifies a header that a proxy captured without its name.
enum CapturedHeader {
  /// Stores a value by what it looks like: a URL is the referrer, a list of addresses is the forwarded addresses, a
  /// name with a dot or a port is the host, and anything else is the user agent. The first of each kind counts.
  static func store(_ bytes: Span<UInt8>, _ range: Range<Int>, _ line: inout LogLine) {
    guard !range.isEmpty, !ByteSearch.isHyphen(bytes, range) else { return }
    if isURL(bytes, range), line.referrer.isEmpty {
      line.referrer = range
    } else if ForwardedList.isPlausible(bytes, range) {
      if line.forwarded.isEmpty { line.forwarded = range }
    } else if isHost(bytes, range) {
      if line.host.isEmpty { line.host = range }
    } else if line.userAgent.isEmpty {
      line.userAgent = range
    }
  }

  private static func isURL(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    ByteSearch.matches(http, in: bytes, at: range.lowerBound, before: range.upperBound)
      || ByteSearch.matches(https, in: bytes, at: range.lowerBound, before: range.upperBound)
  }

  /// Whether all bytes are allowed in a host and its port, and the text contains a dot or a colon or starts with
  /// `localhost`.
  static func isHost(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var hasMark = ByteSearch.matches(local, in: bytes, at: range.lowerBound, before: range.upperBound)
    for index in range {
      switch bytes[index] {
      case Byte.dot, Byte.colon, Byte.openBracket, Byte.closeBracket: hasMark = true
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, Byte.hyphen, Byte.underscore: continue
      default: return false
      }
    }
    return hasMark
  }

  private static let http = Array("http://".utf8)
  private static let https = Array("https://".utf8)
  private static let local = Array("localhost".utf8)
}

/// The shape of a list of forwarded addresses.
enum ForwardedList {
  /// Whether a text can be the value of `X-Forwarded-For`: addresses with commas and blanks between them.
  static func isPlausible(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var marks = 0
    for index in range {
      switch bytes[index] {
      case Byte.dot, Byte.colon: marks += 1
      case 0x30...0x39, 0x41...0x46, 0x61...0x66, Byte.comma, Byte.space, Byte.openBracket, Byte.closeBracket: continue
      default: return false
      }
    }
    return marks >= 2
  }
}

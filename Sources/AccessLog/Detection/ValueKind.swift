import ByteScanning

/// What a value looks like, used to identify fields without a name.
struct ValueKind: OptionSet {
  let rawValue: Int

  static let none = ValueKind(rawValue: 1)
  static let time = ValueKind(rawValue: 2)
  static let address = ValueKind(rawValue: 4)
  static let addresses = ValueKind(rawValue: 8)
  static let host = ValueKind(rawValue: 16)
  static let request = ValueKind(rawValue: 32)
  static let method = ValueKind(rawValue: 64)
  static let target = ValueKind(rawValue: 128)
  static let status = ValueKind(rawValue: 256)
  static let number = ValueKind(rawValue: 512)
  static let url = ValueKind(rawValue: 1_024)
  static let agent = ValueKind(rawValue: 2_048)
  static let innerAddress = ValueKind(rawValue: 4_096)

  /// Returns what the value in `range` looks like, which may be several things.
  static func of(_ bytes: Span<UInt8>, _ range: Range<Int>, _ times: inout TimeReader) -> ValueKind {
    guard let first = range.first, !ByteSearch.isHyphen(bytes, range) else { return .none }
    var kind: ValueKind = []
    if range.count >= 10, !isUptime(bytes, range),
      times.read(.standard, [], bytes, at: first, before: range.upperBound)?.end == range.upperBound
    {
      kind.insert(.time)
    }
    if AddressShape.isAddress(bytes, range) {
      kind.insert(AddressShape.isInner(bytes, range) ? [.address, .innerAddress] : .address)
    } else if AddressShape.isClient(bytes, range) {
      kind.insert(.addresses)
    } else if AddressShape.isHost(bytes, range), isHostName(bytes, range) {
      kind.insert(.host)
    }
    if isNumber(bytes, range) {
      kind.insert(.number)
      if range.count == 3, (0x31...0x35).contains(bytes[first]) { kind.insert(.status) }
    }
    if isMethod(bytes, range) { kind.insert(.method) }
    if bytes[first] == Byte.slash { kind.insert(.target) }
    if isURL(bytes, range) { kind.insert(.url) }
    if isRequest(bytes, range) { kind.insert(.request) }
    if isAgent(bytes, range) { kind.insert(.agent) }
    return kind
  }

  /// Whether a value is a number with decimals that is too small for a time since 1973: the seconds since a machine was
  /// started.
  private static func isUptime(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let dot = ByteSearch.firstIndex(of: Byte.dot, in: bytes, from: range.lowerBound, to: range.upperBound)
    return dot - range.lowerBound < 9 && isNumber(bytes, range)
  }

  /// Whether a host contains a dot or is followed by a port.
  private static func isHostName(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let colon = ByteSearch.firstIndex(of: Byte.colon, in: bytes, from: range.lowerBound, to: range.upperBound)
    return AddressShape.isName(bytes, range.lowerBound..<colon) || colon < range.upperBound
  }

  /// Whether a value starts with a product and its version: `Mozilla/5.0 …`, `curl/8.5.0`. Source of the rule: RFC
  /// 9110, section 10.1.5.
  static func isAgent(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound, index - range.lowerBound < 64, isOfProduct(bytes[index]) { index += 1 }
    guard index > range.lowerBound, index + 1 < range.upperBound, bytes[index] == Byte.slash else { return false }
    return bytes[index + 1] &- 0x30 <= 9 || bytes[index + 1] | 0x20 == 0x76
  }

  private static func isOfProduct(_ byte: UInt8) -> Bool {
    byte &- 0x30 <= 9 || (0x61...0x7A).contains(byte | 0x20) || byte == Byte.hyphen || byte == Byte.dot
      || byte == Byte.underscore || byte == Byte.space
  }

  /// Whether a value starts with a scheme and two slashes, or is a path.
  static func isURL(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if bytes[range.lowerBound] == Byte.slash { return true }
    let colon = ByteSearch.firstIndex(
      of: Byte.colon, in: bytes, from: range.lowerBound, to: min(range.upperBound, range.lowerBound + 16))
    return colon + 2 < range.upperBound && bytes[colon] == Byte.colon && bytes[colon + 1] == Byte.slash
  }

  /// Whether a value has the form `name=value`, with nothing of a user agent or URL before the equals sign.
  static func isCookie(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range {
      switch bytes[index] {
      case Byte.equals: return index > range.lowerBound
      case Byte.space, Byte.slash, Byte.colon, Byte.openParenthesis: return false
      default: continue
      }
    }
    return false
  }

  /// Whether a value consists of digits and dots.
  static func isNumber(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where bytes[index] &- 0x30 > 9 && bytes[index] != Byte.dot { return false }
    return true
  }

  /// Whether a value consists of capital letters, hyphens and underscores, as all methods do that are registered or
  /// in use.
  static func isMethod(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard (3...20).contains(range.count) else { return false }
    for index in range where bytes[index] < 0x41 || bytes[index] > 0x5A {
      guard bytes[index] == Byte.hyphen || bytes[index] == Byte.underscore else { return false }
    }
    return true
  }

  /// Whether a value is one of the usual methods. Source: RFC 9110, section 9; RFC 5789.
  static func isKnownMethod(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    methods.contains {
      $0.count == range.count && ByteSearch.matches($0, in: bytes, at: range.lowerBound, before: range.upperBound)
    }
  }

  private static let methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE"].map {
    Array($0.utf8)
  }

  /// Whether a line has one of the usual methods in it, as lines about requests have.
  static func hasMethod(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
    var start = line.lowerBound
    while start < line.upperBound {
      var end = start
      while end < line.upperBound, Byte.isLetter(bytes[end]) { end += 1 }
      if end > start, isKnownMethod(bytes, start..<end) { return true }
      start = max(end, start + 1)
    }
    return false
  }

  /// Whether a value is a method, a blank and a target.
  private static func isRequest(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let blank = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: range.lowerBound, to: range.upperBound)
    guard blank + 1 < range.upperBound, isMethod(bytes, range.lowerBound..<blank) else { return false }
    return bytes[blank + 1] == Byte.asterisk || isURL(bytes, blank + 1..<range.upperBound)
  }
}

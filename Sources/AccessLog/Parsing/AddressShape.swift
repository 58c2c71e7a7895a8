import ByteScanning

/// What a peer and a host look like in a log. These are shapes only: whether an address is valid is for
/// `Collecting` to decide.
enum AddressShape {
  /// Whether a text may be a client: an address, with or without port, brackets or zone; a list of addresses,
  /// quoted or not; `-` or `unix:` if the server knew none.
  static func isClient(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if isIPv4(bytes, range) || isIPv6(bytes, range) { return true }
    guard let first = range.first else { return true }
    if range.count == 1 { return bytes[first] == Byte.hyphen }
    if sockets.contains(where: { ByteSearch.matches($0, in: bytes, at: first, before: range.upperBound) }) {
      return true
    }
    return isList(bytes, range)
  }

  /// Whether a text is one address, IPv4 or IPv6, with or without port, brackets or zone.
  static func isAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    isIPv4(bytes, range) || isIPv4WithPort(bytes, range) || isIPv6(bytes, range)
  }

  /// Whether a text is a host name or an address, with or without a port, or what servers write if they know no
  /// host: `-`, `_` and `*`.
  static func isHost(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first else { return true }
    if bytes[first] == Byte.openBracket { return isIPv6(bytes, range) }
    var end = range.upperBound
    let colon = ByteSearch.firstIndex(of: Byte.colon, in: bytes, from: first, to: end)
    if colon < end {
      guard isPort(bytes, colon + 1..<end) else { return isIPv6(bytes, range) }
      end = colon
    }
    if end - first == 1, bytes[first] == Byte.asterisk { return true }
    var hasLetter = false
    for index in first..<end {
      switch bytes[index] {
      case 0x41...0x5A, 0x61...0x7A, 0x80...0xFF, Byte.underscore: hasLetter = true
      case 0x30...0x39, Byte.dot: continue
      case Byte.hyphen: hasLetter = hasLetter || end - first == 1
      default: return false
      }
    }
    return hasLetter || isIPv4(bytes, first..<end) || end == first
  }

  /// Whether a text is a host name with a dot in it whose last part starts with a letter, as `HostnameLookups On`
  /// writes it.
  static func isName(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var lastDot = -1
    for index in range {
      switch bytes[index] {
      case 0x41...0x5A, 0x61...0x7A, Byte.hyphen, Byte.underscore: continue
      case 0x30...0x39: continue
      case Byte.dot: lastDot = index
      default: return false
      }
    }
    guard lastDot > range.lowerBound, lastDot + 2 < range.upperBound else { return false }
    return (bytes[lastDot + 1] | 0x20) >= 0x61
  }

  /// Whether one of the words of a text is an address.
  static func containsAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    while start < range.upperBound {
      let end = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: start, to: range.upperBound)
      if isAddressWord(bytes, start..<end) { return true }
      start = end + 1
    }
    return false
  }

  /// Whether a word is an address, possibly followed by a comma or enclosed in brackets.
  static func isAddressWord(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Bool {
    var (start, end) = (word.lowerBound, word.upperBound)
    guard end - start > 1 else { return false }
    if bytes[end - 1] == Byte.comma { end -= 1 }
    let (first, last) = (bytes[start], bytes[end - 1])
    if (first == Byte.openParenthesis && last == Byte.closeParenthesis)
      || (first == Byte.openBracket && last == Byte.closeBracket)
    {
      start += 1
      end = max(start, end - 1)
    }
    return isAddress(bytes, start..<end)
  }

  /// Whether a text is four numbers of up to three digits with dots between them.
  @inline(__always)
  static func isIPv4(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool { ByteSearch.isDotted(bytes, range) }

  /// Whether an address is the host's own, also by name, or in a private network. Source: RFC 1918, RFC 6598, RFC 4193, RFC 4291.
  static func isInner(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first else { return false }
    switch bytes[first] {
    case 0x31: return isInnerIPv4(bytes, range)
    case Byte.colon, 0x46, 0x66, 0x6C, 0x75:
      return innerStarts.contains { ByteSearch.matches($0, in: bytes, at: first, before: range.upperBound) }
    default: return false
    }
  }

  /// Whether a client is in a private network, or the server knew none.
  static func isInnerOrNone(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.isEmpty || isInner(bytes, range) || ByteSearch.isHyphen(bytes, range)
  }

  private static func isInnerIPv4(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    guard let one = innerPart(bytes, &index, range.upperBound) else { return false }
    switch one {
    case 10, 127: return true
    case 100: return innerPart(bytes, &index, range.upperBound).map { 64...127 ~= $0 } ?? false
    case 169: return innerPart(bytes, &index, range.upperBound) == 254
    case 172: return innerPart(bytes, &index, range.upperBound).map { 16...31 ~= $0 } ?? false
    case 192: return innerPart(bytes, &index, range.upperBound) == 168
    default: return false
    }
  }

  /// Returns the number of up to three digits before a dot, and moves the index behind the dot.
  private static func innerPart(_ bytes: Span<UInt8>, _ index: inout Int, _ end: Int) -> Int? {
    var value = 0
    let start = index
    while index < end, bytes[index] &- 0x30 <= 9, index - start < 3 {
      value = value * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    guard index > start, index < end, bytes[index] == Byte.dot else { return nil }
    index += 1
    return value
  }

  /// Whether a port follows an address: `192.0.2.1:443`, `[2001:db8::1]:443`.
  static func hasPort(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first else { return false }
    return isIPv4WithPort(bytes, range)
      || (bytes[first] == Byte.openBracket && bytes[range.upperBound - 1] != Byte.closeBracket)
  }

  /// Returns an address without its port: the address itself if none follows it.
  static func withoutPort(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    guard hasPort(bytes, range) else { return range }
    var end = range.upperBound - 1
    while end > range.lowerBound, bytes[end] != Byte.colon { end -= 1 }
    return range.lowerBound..<end
  }

  private static let innerStarts = [
    "::1", "fe80:", "FE80:", "fc", "fd", "FC", "FD", "unix:", "localhost",
  ].map { Array($0.utf8) }

  private static func isIPv4WithPort(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let colon = ByteSearch.firstIndex(of: Byte.colon, in: bytes, from: range.lowerBound, to: range.upperBound)
    return colon < range.upperBound && isIPv4(bytes, range.lowerBound..<colon)
      && isPort(bytes, colon + 1..<range.upperBound)
  }

  /// Whether a text is hexadecimal digits with at least two colons, with or without brackets, port or zone.
  private static func isIPv6(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    var end = range.upperBound
    guard range.count >= 2 else { return false }
    if bytes[start] == Byte.openBracket {
      start += 1
      let close = ByteSearch.firstIndex(of: Byte.closeBracket, in: bytes, from: start, to: end)
      guard close < end else { return false }
      let port = close + 1..<end
      guard port.isEmpty || (bytes[port.lowerBound] == Byte.colon && isPort(bytes, close + 2..<end)) else {
        return false
      }
      end = close
    }
    var colons = 0
    for index in start..<end {
      switch bytes[index] {
      case Byte.colon: colons += 1
      case 0x30...0x39, 0x41...0x46, 0x61...0x66: continue
      case Byte.dot: guard colons >= 2 else { return false }
      case Byte.percent:
        // The system chooses the name of a zone. A comma or a blank begins the next address of a list.
        return colons >= 2
          && ByteSearch.firstIndex(of: Byte.comma, or: Byte.space, in: bytes, from: index, to: end) == end
      default: return false
      }
    }
    // A time has two colons as well, but never in a row; an address has more than two, or two in a row.
    return colons >= 3 || (colons == 2 && hasGap(bytes, start..<end))
  }

  private static func hasGap(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let colon = ByteSearch.firstIndex(of: Byte.colon, in: bytes, from: range.lowerBound, to: range.upperBound)
    return colon + 1 < range.upperBound && bytes[colon + 1] == Byte.colon
  }

  /// Whether a text is up to five digits, or empty: some servers write a colon after a host without a port.
  private static func isPort(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= 5 else { return false }
    for index in range where bytes[index] &- 0x30 > 9 { return false }
    return true
  }

  /// Whether a text is addresses with commas between them, some possibly `unknown` or `-`, in quotes or followed by
  /// the peer.
  private static func isList(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var found = false
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start
      while end < range.upperBound, bytes[end] != Byte.comma, bytes[end] != Byte.space { end += 1 }
      var word = start..<end
      while let first = word.first, bytes[first] == Byte.quote { word = first + 1..<end }
      while let last = word.last, bytes[last] == Byte.quote { word = word.lowerBound..<last }
      start = end + 1
      if word.isEmpty { continue }
      if isAddress(bytes, word) || isLocalhost(bytes, word) {
        found = true
      } else {
        guard isPlaceholder(bytes, word) else { return false }
      }
    }
    return found
  }

  /// Whether a client is the server's own name for itself.
  static func isLocalhost(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.count == localhost.count
      && ByteSearch.matches(localhost, in: bytes, at: range.lowerBound, before: range.upperBound)
  }

  /// Whether a word is what proxies write to hide an address: `unknown`, `-`, an obfuscated `_name`. Source: RFC
  /// 7239, section 6.
  private static func isPlaceholder(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for word in placeholders where range.count == word.count {
      if ByteSearch.matches(word, in: bytes, at: range.lowerBound, before: range.upperBound) { return true }
    }
    return bytes[range.lowerBound] == Byte.underscore
  }

  /// What nginx writes for a connection over a local socket, and Envoy for one over an internal listener.
  private static let sockets = ["unix:", "envoy:"].map { Array($0.utf8) }
  private static let placeholders = ["unknown", "-"].map { Array($0.utf8) }
  private static let localhost = Array("localhost".utf8)
}

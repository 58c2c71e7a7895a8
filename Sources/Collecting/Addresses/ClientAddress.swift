import ByteScanning

/// A client's address in one form, so that two spellings of it are the same visitor.
///
/// IPv4 addresses, and IPv6 addresses that contain one (`::ffff:192.0.2.1`), are four bytes; other IPv6 addresses
/// are sixteen. Zone and port are dropped. A host name is its text in lower case. Source of the rule: RFC 4291,
/// section 2.2.
public struct ClientAddress: Equatable, Sendable {
  /// The kind of an address.
  public enum Kind: Sendable {
    /// Four bytes.
    case ipv4
    /// Sixteen bytes.
    case ipv6
    /// A host name, or anything else that a server may log instead of an address.
    case name
  }

  /// The kind of the address.
  public private(set) var kind: Kind = .name
  /// The address in network order, or the text of the name.
  public private(set) var bytes: [UInt8] = []

  /// Creates an empty address.
  public init() {}

  /// Parses the address in `range` as a server logs it: alone, with a port, bracketed, or a list of forwarded
  /// addresses.
  ///
  /// Of a list (`a, b, c`: client first, nearest proxy last), the last address that is not private is taken, or the
  /// first address if there is none.
  public mutating func read(_ text: Span<UInt8>, _ range: Range<Int>) {
    // Nearly all lines contain a single address.
    bytes.removeAll(keepingCapacity: true)
    if InternetAddress.appendIPv4(text, range, to: &bytes) {
      kind = .ipv4
      return
    }
    var end = range.upperBound
    while true {
      var start = end
      while start > range.lowerBound, text[start - 1] != Byte.comma { start -= 1 }
      readSingle(text, Self.trimmed(text, start..<end))
      if start == range.lowerBound || (kind != .name && !isPrivate) { return }
      end = start - 1
    }
  }

  /// Whether it belongs to a private, loopback or link-local network, for which no place can be determined.
  ///
  /// Source of the rule: RFC 1918, RFC 6598, RFC 4193, RFC 4291.
  public var isPrivate: Bool {
    switch kind {
    case .name: false
    case .ipv4:
      bytes[0] == 10 || bytes[0] == 127 || bytes[0] == 0
        || (bytes[0] == 172 && bytes[1] & 0xF0 == 16) || (bytes[0] == 192 && bytes[1] == 168)
        || (bytes[0] == 169 && bytes[1] == 254) || (bytes[0] == 100 && bytes[1] & 0xC0 == 64)
    case .ipv6:
      bytes[0] & 0xFE == 0xFC || (bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80)
        || bytes.prefix(15).allSatisfy { $0 == 0 }
    }
  }

  private mutating func readSingle(_ text: Span<UInt8>, _ range: Range<Int>) {
    let bare = Self.withoutPortAndZone(text, range)
    bytes.removeAll(keepingCapacity: true)
    if InternetAddress.appendIPv4(text, bare, to: &bytes) {
      kind = .ipv4
    } else if InternetAddress.appendIPv6(text, Self.withoutBarePort(text, bare), to: &bytes) {
      let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
      if isMapped { bytes.removeFirst(12) }
      kind = isMapped ? .ipv4 : .ipv6
    } else {
      kind = .name
      for index in range {
        let byte = text[index]
        bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      }
    }
  }

  /// Removes a port of five digits after an address with colons and no brackets: no part of such an address has
  /// five digits. Source: uvicorn 0.54.0 writes clients like this; Linux gives them ports from 32768 on.
  private static func withoutBarePort(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    let colon = range.upperBound - 6
    guard colon > range.lowerBound, text[colon] == Byte.colon else { return range }
    for index in colon + 1..<range.upperBound where text[index] &- 0x30 > 9 { return range }
    return range.lowerBound..<colon
  }

  private static func trimmed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, text[start] == Byte.space || text[start] == Byte.quote { start += 1 }
    while end > start, text[end - 1] == Byte.space || text[end - 1] == Byte.quote { end -= 1 }
    return start..<end
  }

  /// Removes the port of `[…]:port` and `a.b.c.d:port`, and any `%zone`.
  private static func withoutPortAndZone(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    if start < end, text[start] == Byte.openBracket {
      start += 1
      for index in start..<end where text[index] == Byte.closeBracket {
        end = index
        break
      }
    } else {
      var colons = 0
      var lastColon = end
      for index in start..<end where text[index] == Byte.colon {
        colons += 1
        lastColon = index
      }
      if colons == 1 { end = lastColon }
    }
    for index in start..<end where text[index] == Byte.percent {
      return start..<index
    }
    return start..<end
  }
}

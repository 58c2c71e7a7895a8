import ByteScanning

/// Finds the client among the addresses that proxies pass on: the first one from the right that is not a trusted
/// proxy's.
///
/// What a client itself writes into such a header is to the left of what the first proxy adds, so it is never
/// reached. Sources of the rule: RFC 7239, nginx's `real_ip_recursive`.
public struct TrustedProxies: Sendable {
  /// Why a text is not a network.
  public struct Malformed: Error, CustomStringConvertible {
    /// What is wrong and what to do about it.
    public let description: String
  }

  private let networks: AddressSet
  private var address = ClientAddress()

  /// Trusts proxies in these networks, such as `203.0.113.0/24` or `2001:db8::1`, or in private networks if none
  /// are given.
  public init(_ texts: [String]) throws(Malformed) {
    var networks: [AddressRange] = []
    for text in texts { networks.append(try Self.network(text)) }
    self.networks = AddressSet(networks)
  }

  /// Returns where the client's address is.
  ///
  /// - Parameters:
  ///   - peer: the peer, or a list of forwarded addresses instead of it.
  ///   - forwarded: the value of `X-Forwarded-For`, `Forwarded`, `X-Real-IP` or similar; empty if there is none.
  public mutating func client(_ bytes: Span<UInt8>, peer: Range<Int>, forwarded: Range<Int>) -> Range<Int> {
    // If the peer is a list, ``ClientAddress`` itself takes the last address that is not private.
    if forwarded.isEmpty, networks.isEmpty { return peer }
    let last = self.last(bytes, peer)
    guard last.isEmpty || isProxy(bytes, last) else { return last }
    return walk(bytes, peer.lowerBound..<last.lowerBound, forwarded, last) ?? last
  }

  /// Walks the forwarded addresses, then those to the left of the peer, from right to left.
  private mutating func walk(
    _ bytes: Span<UInt8>, _ left: Range<Int>, _ forwarded: Range<Int>, _ peer: Range<Int>
  ) -> Range<Int>? {
    var nearest: Range<Int>?
    for list in [forwarded, left] {
      var end = list.upperBound
      while end > list.lowerBound {
        var start = end
        while start > list.lowerBound, bytes[start - 1] != Byte.comma { start -= 1 }
        let element = Self.node(bytes, start..<end)
        end = start - 1
        if element.isEmpty { continue }
        guard isAddress(bytes, element) else { return nearest ?? peer }
        if !isProxy(bytes, element) { return element }
        nearest = element
      }
    }
    return nearest
  }

  /// Returns the last element of a list.
  private func last(_ bytes: Span<UInt8>, _ list: Range<Int>) -> Range<Int> {
    var start = list.upperBound
    while start > list.lowerBound, bytes[start - 1] != Byte.comma { start -= 1 }
    while start < list.upperBound, bytes[start] == Byte.space { start += 1 }
    return start..<list.upperBound
  }

  private mutating func isAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    address.read(bytes, range)
    return address.kind != .name
  }

  /// Whether an address is a proxy's. A connection over a local socket (`unix:`) comes from a proxy.
  private mutating func isProxy(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    address.read(bytes, range)
    if address.kind == .name {
      return ByteSearch.matches(Self.socket, in: bytes, at: range.lowerBound, before: range.upperBound)
    }
    guard !networks.isEmpty else { return address.isPrivate }
    return networks.contains(address)
  }

  /// Returns the address in an element, without blanks and quotes: the value of `for=` in `Forwarded`, else the
  /// whole element.
  private static func node(_ bytes: Span<UInt8>, _ element: Range<Int>) -> Range<Int> {
    var start = element.lowerBound
    var end = element.upperBound
    for index in element where isFor(bytes, index, element) {
      start = index + 4
      end = ByteSearch.firstIndex(of: Byte.semicolon, in: bytes, from: start, to: element.upperBound)
      break
    }
    if ByteSearch.matches(escapedQuote, in: bytes, at: start, before: end) { start += escapedQuote.count }
    while start < end, isBlankOrQuote(bytes[start]) { start += 1 }
    if end - start >= 4, ByteSearch.matches(escapedQuote, in: bytes, at: end - 4, before: end) { end -= 4 }
    while end > start, isBlankOrQuote(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func isFor(_ bytes: Span<UInt8>, _ index: Int, _ element: Range<Int>) -> Bool {
    guard index + 4 <= element.upperBound, bytes[index] | 0x20 == 0x66, bytes[index + 1] | 0x20 == 0x6F,
      bytes[index + 2] | 0x20 == 0x72, bytes[index + 3] == Byte.equals
    else { return false }
    return index == element.lowerBound || bytes[index - 1] == Byte.semicolon || bytes[index - 1] == Byte.space
  }

  private static func isBlankOrQuote(_ byte: UInt8) -> Bool {
    byte == Byte.space || byte == Byte.quote || byte == Byte.backslash
  }

  private static func network(_ text: String) throws(Malformed) -> AddressRange {
    do throws(AddressRange.Failure) {
      return try AddressRange(text)
    } catch {
      throw Malformed(description: "'\(text)': \(error)")
    }
  }

  private static let socket = Array("unix:".utf8)
  private static let escapedQuote = Array(#"\x22"#.utf8)
}

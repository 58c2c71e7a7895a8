/// A network of internet addresses, written as CIDR (`192.0.2.0/24`, `2001:db8::/32`), as its first and last address, or
/// a single address.
///
/// Source of the rule: RFC 4632, section 3.1; RFC 4291, section 2.3. Networks of IPv4 addresses written as IPv6
/// (`::ffff:192.0.2.0/120`) become IPv4 networks, as in ``ClientAddress``.
public struct AddressRange: Equatable, Sendable {
  /// Why a text is not a network.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// The text before the slash is not an address.
    case notAnAddress
    /// The text after the slash is not a valid prefix length.
    case notALength(longest: Int)
    /// The address has bits set beyond the prefix length: most likely, one of the two is wrong.
    case bitsBeyondLength
    /// The last address comes before the first, or is of the other version of IP.
    case notInOrder

    /// What is wrong, without the text itself.
    public var description: String {
      switch self {
      case .notAnAddress: "not a network such as 10.0.0.0/8 or fd00::/8"
      case .notALength(let longest): "the number after the slash must be from 0 to \(longest)"
      case .bitsBeyondLength: "the address has bits beyond the prefix length; write the first address of the network"
      case .notInOrder:
        "the two addresses are no range: the first must come before the last, both IPv4 or both IPv6"
      }
    }
  }

  let isIPv6: Bool
  let first: UInt128
  let last: UInt128

  /// Parses a network.
  public init(_ text: some StringProtocol) throws(Failure) {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
    let bytes = try Self.address(Array(parts[0]))
    let bits = bytes.count * 8
    let length = parts.count == 1 ? bits : try Self.length(parts[1], longest: bits)
    let number = bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    let beyond: UInt128 = length == bits ? 0 : UInt128.max >> UInt128(128 - bits + length)
    guard number & beyond == 0 else { throw .bitsBeyondLength }
    let isMapped = bits == 128 && length >= 96 && number >> 32 == 0xFFFF
    isIPv6 = bits == 128 && !isMapped
    first = isMapped ? number & 0xFFFF_FFFF : number
    last = isMapped ? (number | beyond) & 0xFFFF_FFFF : number | beyond
  }

  /// Takes all addresses from the first to the last.
  public init(first: some StringProtocol, last: some StringProtocol) throws(Failure) {
    let (start, end) = (try Self.single(first), try Self.single(last))
    guard start.isIPv6 == end.isIPv6, start.first <= end.first else { throw .notInOrder }
    (isIPv6, self.first, self.last) = (start.isIPv6, start.first, end.first)
  }

  /// Parses an address without a length.
  private static func single(_ text: some StringProtocol) throws(Failure) -> AddressRange {
    guard !text.utf8.contains(UInt8(ascii: "/")) else { throw .notAnAddress }
    return try AddressRange(text)
  }

  private static func address(_ text: [UInt8]) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    guard
      InternetAddress.appendIPv4(text.span, 0..<text.count, to: &bytes)
        || InternetAddress.appendIPv6(text.span, 0..<text.count, to: &bytes)
    else { throw .notAnAddress }
    return bytes
  }

  private static func length(_ digits: some Collection<UInt8>, longest: Int) throws(Failure) -> Int {
    guard (1...3).contains(digits.count), digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      throw .notALength(longest: longest)
    }
    let length = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    guard length <= longest else { throw .notALength(longest: longest) }
    return length
  }
}

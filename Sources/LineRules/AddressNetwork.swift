import Collecting

/// A network of addresses in CIDR notation, such as `192.0.2.0/24` or `2001:db8::/32` (RFC 4632, RFC 4291).
struct AddressNetwork: Sendable, Equatable {
  private let bytes: [UInt8]
  private let bits: Int

  /// The network of that notation; nil where it is none. A single address is a network of one.
  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    var address = ClientAddress()
    let first = Array(parts[0].utf8)
    address.read(first.span, 0..<first.count)
    guard address.kind != .name else { return nil }
    bytes = address.bytes
    guard parts.count == 2 else {
      bits = bytes.count * 8
      return
    }
    guard let bits = Int(parts[1]), (0...bytes.count * 8).contains(bits) else { return nil }
    self.bits = bits
  }

  /// Whether an address lies in the network.
  func contains(_ address: ClientAddress) -> Bool {
    guard address.kind != .name, address.bytes.count == bytes.count else { return false }
    let whole = bits / 8
    for index in 0..<whole where address.bytes[index] != bytes[index] { return false }
    let rest = bits % 8
    return rest == 0 || (address.bytes[whole] ^ bytes[whole]) >> (8 - UInt8(rest)) == 0
  }
}

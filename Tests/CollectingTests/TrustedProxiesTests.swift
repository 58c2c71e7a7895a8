import Collecting
import Testing

@Suite struct TrustedProxiesTests {
  private static let proxies = ["203.0.113.0/24", "2001:db8:ff::/48", "198.51.100.77"]

  @Test(
    arguments: [
      // The peer is not a trusted proxy, so the header may be the visitor's invention.
      ("192.0.2.1", "198.51.100.1", "192.0.2.1"),
      ("203.0.113.9", "198.51.100.1", "198.51.100.1"),
      ("203.0.113.9", "10.9.9.9, 198.51.100.1, 203.0.113.4", "198.51.100.1"),
      ("203.0.113.9:443", "198.51.100.1:5000", "198.51.100.1:5000"),
      ("2001:db8:ff::1", "[2001:db8::7]:4711", "[2001:db8::7]:4711"),
      ("::ffff:203.0.113.9", "::ffff:198.51.100.1", "::ffff:198.51.100.1"),
      ("2001:db8:fe::1", "198.51.100.1", "2001:db8:fe::1"),
      ("unix:", "198.51.100.1", "198.51.100.1"),
      ("", "198.51.100.1, 198.51.100.77", "198.51.100.1"),
      ("203.0.113.9", "", "203.0.113.9"),
      ("203.0.113.9", "203.0.113.1, 203.0.113.2", "203.0.113.1"),
      ("203.0.113.9", "unknown", "203.0.113.9"),
      ("203.0.113.9", "198.51.100.1, unknown, 203.0.113.2", "203.0.113.2"),
      ("203.0.113.9", "for=198.51.100.1;proto=https;by=203.0.113.9", "198.51.100.1"),
      ("203.0.113.9", #"For="[2001:db8::7]:4711", proto=http;for=203.0.113.1"#, "[2001:db8::7]:4711"),
      ("203.0.113.9", #"for=\x22[2001:db8::7%eth0]\x22"#, "[2001:db8::7%eth0]"),
      ("198.51.100.1, 203.0.113.9", "", "198.51.100.1"),
      ("192.0.2.8, 198.51.100.1, 203.0.113.9", "203.0.113.3", "198.51.100.1"),
    ])
  func walksFromRightToLeft(_ peer: String, _ forwarded: String, _ expected: String) throws {
    #expect(try client(peer, forwarded, Self.proxies) == expected)
  }

  @Test(
    arguments: [
      ("10.0.0.1", "192.0.2.1, 10.0.0.2", "192.0.2.1"), ("127.0.0.1", "192.0.2.1", "192.0.2.1"),
      ("198.51.100.1", "192.0.2.1", "198.51.100.1"), ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
    ])
  func privateNetworksAreProxiesWhereNoneAreNamed(_ peer: String, _ forwarded: String, _ expected: String) throws {
    #expect(try client(peer, forwarded, []) == expected)
  }

  @Test(arguments: ["", "example.com", "192.0.2.0/33", "2001:db8::/129", "192.0.2.0/x", "192.0.2.0/-1", "192.0.2"])
  func otherTextsAreNoNetworks(_ text: String) {
    #expect(throws: TrustedProxies.Malformed.self) { try TrustedProxies([text]) }
  }

  private func client(_ peer: String, _ forwarded: String, _ networks: [String]) throws -> String {
    var proxies = try TrustedProxies(networks)
    let bytes = Array((peer + "\"" + forwarded).utf8)
    let end = peer.utf8.count
    let found = proxies.client(bytes.span, peer: 0..<end, forwarded: end + 1..<bytes.count)
    return String(decoding: bytes[found], as: UTF8.self)
  }
}

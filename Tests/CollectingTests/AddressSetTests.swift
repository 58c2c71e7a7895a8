import Collecting
import TestSupport
import Testing

@Suite struct AddressRangeTests {
  @Test(
    arguments: [
      ("192.0.2.0/24", nil), ("192.0.2.7", nil), ("0.0.0.0/0", nil), ("192.0.2.128/25", nil), ("192.0.2.1/32", nil),
      ("2001:db8::/32", nil), ("2001:DB8::1", nil), ("::/0", nil), ("::ffff:192.0.2.0/120", nil),
      ("", .notAnAddress), ("/24", .notAnAddress), ("192.0.2/24", .notAnAddress), ("192.0.2.256/32", .notAnAddress),
      ("example.com", .notAnAddress), ("192.0.2.0 /24", .notAnAddress), ("2001:db8::/32/1", .notALength(longest: 128)),
      ("192.0.2.0/33", .notALength(longest: 32)), ("192.0.2.0/", .notALength(longest: 32)),
      ("192.0.2.0/-1", .notALength(longest: 32)), ("192.0.2.0/255.255.255.0", .notALength(longest: 32)),
      ("2001:db8::/129", .notALength(longest: 128)), ("192.0.2.1/24", .bitsBeyondLength),
      ("192.0.2.0/0", .bitsBeyondLength), ("2001:db8::1/64", .bitsBeyondLength),
    ] as [(String, AddressRange.Failure?)])
  func networksAreReadStrictly(_ text: String, _ failure: AddressRange.Failure?) {
    var found: AddressRange.Failure?
    do throws(AddressRange.Failure) { _ = try AddressRange(text) } catch { found = error }
    #expect(found == failure)
  }

  @Test(
    arguments: [
      ("192.0.2.0", "192.0.2.63", nil), ("192.0.2.7", "192.0.2.7", nil), ("2001:db8::", "2001:db8::ff", nil),
      ("::ffff:192.0.2.1", "192.0.2.2", nil), ("192.0.2.9", "192.0.2.8", .notInOrder),
      ("192.0.2.0", "2001:db8::", .notInOrder), ("192.0.2.0/24", "192.0.2.9", .notAnAddress),
      ("192.0.2.0", "192.0.2.0/24", .notAnAddress), ("192.0.2.0", "example.com", .notAnAddress),
      ("", "192.0.2.9", .notAnAddress),
    ] as [(String, String, AddressRange.Failure?)])
  func rangesAreReadStrictly(_ first: String, _ last: String, _ failure: AddressRange.Failure?) {
    var found: AddressRange.Failure?
    do throws(AddressRange.Failure) { _ = try AddressRange(first: first, last: last) } catch { found = error }
    #expect(found == failure)
  }

  @Test func aRangeIsTheNetworkOfItsAddresses() throws {
    #expect(try AddressRange(first: "192.0.2.0", last: "192.0.2.255") == AddressRange("192.0.2.0/24"))
    #expect(try AddressRange(first: "192.0.2.7", last: "::ffff:192.0.2.7") == AddressRange("192.0.2.7"))
  }
}

@Suite struct AddressSetTests {
  private static func contains(_ set: AddressSet, _ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var address = ClientAddress()
    address.read(bytes.span, 0..<bytes.count)
    return set.contains(address)
  }

  @Test(arguments: [
    ("192.0.2.0", true), ("192.0.2.63", true), ("192.0.2.64", false), ("192.0.2.100", true), ("192.0.2.101", false),
    ("203.0.112.255", false), ("203.0.113.255", true), ("203.0.114.0", false), ("::ffff:192.0.2.5", true),
    ("192.0.2.5:4711", true), ("[2001:db8:1::9]:80", true), ("2001:db8:2::", false), ("2001:db8:1:ffff::", true),
    ("2001:db8:ff::4", true), ("2001:db8:ff::5", false), ("198.51.100.3", true), ("198.51.100.4", false),
    ("host.example", false), ("", false),
  ])
  func networksHoldTheirAddresses(_ address: String, _ isIn: Bool) throws {
    let networks = [
      "203.0.113.0/24", "192.0.2.0/27", "192.0.2.32/27", "192.0.2.100", "203.0.113.128/25", "2001:db8:1::/48",
      "2001:db8:ff::4", "::ffff:198.51.100.0/126",
    ]
    #expect(Self.contains(AddressSet(try networks.map { try AddressRange($0) }), address) == isIn)
  }

  @Test func anEmptySetHoldsNothing() {
    #expect(AddressSet().isEmpty)
    #expect(!Self.contains(AddressSet(), "0.0.0.0") && !Self.contains(AddressSet(), "::"))
  }

  /// Agrees with comparing prefixes one by one, for networks that overlap and touch.
  @Test func agreesWithTheSlowWay() throws {
    var generator = SeededGenerator(seed: 51)
    for _ in 0..<60 {
      let networks = (0..<Int.random(in: 0...12, using: &generator)).map { _ -> (first: UInt32, length: Int) in
        let length = Int.random(in: 24...32, using: &generator)
        let first = 0xC000_0200 | UInt32.random(in: 0...255, using: &generator)
        return (first & ~(length == 32 ? 0 : UInt32.max >> UInt32(length)), length)
      }
      func dotted(_ number: UInt32) -> String {
        [24, 16, 8, 0].map { String(number >> UInt32($0) & 0xFF) }.joined(separator: ".")
      }
      let set = AddressSet(try networks.map { try AddressRange("\(dotted($0.first))/\($0.length)") })
      for last in UInt32(0)...255 {
        let number = 0xC000_0200 | last
        let expected = networks.contains { ($0.first ^ number) >> UInt32(32 - $0.length) == 0 }
        #expect(Self.contains(set, dotted(number)) == expected)
      }
    }
  }
}

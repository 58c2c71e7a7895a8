import Collecting
import Testing

@Suite struct ClientAddressTests {
  private func read(_ text: String) -> ClientAddress {
    let bytes = Array(text.utf8)
    var address = ClientAddress()
    address.read(bytes.span, 0..<bytes.count)
    return address
  }

  private static let v6: [UInt8] = [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]

  @Test(
    arguments: [
      ("192.0.2.1", .ipv4, [192, 0, 2, 1]),
      ("192.0.2.1:51234", .ipv4, [192, 0, 2, 1]),
      ("::ffff:192.0.2.1", .ipv4, [192, 0, 2, 1]),
      ("::FFFF:c000:0201", .ipv4, [192, 0, 2, 1]),
      ("2001:db8::1", .ipv6, v6),
      ("2001:0DB8:0:0:0:0:0:1", .ipv6, v6),
      ("2001:db8:0:0::0.0.0.1", .ipv6, v6),
      ("[2001:db8::1]", .ipv6, v6),
      ("[2001:db8::1]:443", .ipv6, v6),
      ("2001:db8::1%eth0", .ipv6, v6),
      ("2001:db8::1:40000", .ipv6, v6),
      ("2001:db8:0:0:0:0:0:1:40000", .ipv6, v6),
      ("192.0.2.1, 10.0.0.2", .ipv4, [192, 0, 2, 1]),
      ("198.51.100.7, 192.0.2.1, 127.0.0.1", .ipv4, [192, 0, 2, 1]),
      ("10.0.0.2, 127.0.0.1", .ipv4, [10, 0, 0, 2]),
      ("\"192.0.2.1, 10.0.0.1\"", .ipv4, [192, 0, 2, 1]),
      ("Host.Example.ORG", .name, Array("host.example.org".utf8)),
      ("192.0.2.256", .name, Array("192.0.2.256".utf8)),
      ("1.2.3", .name, Array("1.2.3".utf8)),
      ("unix:", .name, Array("unix:".utf8)),
      ("-", .name, Array("-".utf8)),
      ("", .name, []),
      ("1::2::3", .name, Array("1::2::3".utf8)),
      ("1:2:3:4:5:6:7:8:9", .name, Array("1:2:3:4:5:6:7:8:9".utf8)),
      ("12345::", .name, Array("12345::".utf8)),
      (":1::2", .name, Array(":1::2".utf8)),
      ("1::2:", .name, Array("1::2:".utf8)),
    ] as [(String, ClientAddress.Kind, [UInt8])])
  func hasOneForm(_ text: String, _ kind: ClientAddress.Kind, _ bytes: [UInt8]) {
    let address = read(text)
    #expect(address.kind == kind)
    #expect(address.bytes == bytes)
  }

  @Test(arguments: [
    ("10.1.2.3", true), ("172.16.0.1", true), ("172.32.0.1", false), ("192.168.1.1", true),
    ("127.0.0.1", true), ("169.254.0.1", true), ("100.64.0.1", true), ("100.128.0.1", false),
    ("192.0.2.1", false), ("::1", true), ("fe80::1", true), ("fd00::1", true), ("2001:db8::1", false),
    ("localhost", false),
  ])
  func knowsPrivateNetworks(_ text: String, _ isPrivate: Bool) {
    #expect(read(text).isPrivate == isPrivate)
  }

  @Test func readsEveryPlaceOfTheGap() {
    // Every text made by joining groups is read as the same sixteen bytes, whichever run of zeros `::` replaces.
    for gap in 0..<7 {
      var groups = (1...8).map { String($0, radix: 16) }
      groups[gap] = "0"
      groups[gap + 1] = "0"
      let full = groups.joined(separator: ":")
      let short = groups[..<gap].joined(separator: ":") + "::" + groups[(gap + 2)...].joined(separator: ":")
      #expect(read(full).kind == .ipv6)
      #expect(read(full) == read(short))
    }
  }
}

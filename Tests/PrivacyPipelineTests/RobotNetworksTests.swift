import Collecting
import Hits
import Testing
import UserAgents

@testable import PrivacyPipeline

/// What addresses say of robots.
@Suite struct RobotNetworksTests {
  private static func networks() throws -> RobotNetworks {
    func list(_ name: String, _ network: String) throws -> RobotNetworks.Named {
      RobotNetworks.Named(name: name, networks: AddressSet([try AddressRange(network)]))
    }
    return RobotNetworks(
      [
        try list("googlebot", "192.0.2.0/28"), try list("Googlebot", "192.0.2.16/28"),
        try list("GPTBot", "198.51.100.0/24"),
        try list("OwnBot", "203.0.113.0/24"),
      ], others: AddressSet([try AddressRange("2001:db8::/32")]))
  }

  private static func address(_ text: String) -> ClientAddress {
    let bytes = Array(text.utf8)
    var address = ClientAddress()
    address.read(bytes.span, 0..<bytes.count)
    return address
  }

  @Test(
    arguments: [
      ("Googlebot", "192.0.2.1", .verified), ("Googlebot", "192.0.2.17", .verified),
      ("Googlebot", "192.0.2.99", .forged),
      ("Googlebot-Image", "192.0.2.1", .verified), ("Googlebot-Image", "192.0.2.99", .claimed),
      ("ChatGPT-User", "198.51.100.7", .verified), ("ChatGPT-User", "192.0.2.1", .claimed),
      ("GPTBot", "192.0.2.1", .forged), ("Bingbot", "192.0.2.1", .claimed), ("GPTBot", "not an address", .forged),
    ] as [(String, String, RobotIdentity)])
  func confirmOrRefuteNames(_ name: String, _ text: String, _ expected: RobotIdentity) throws {
    let robot = try #require(RobotDirectory.standard.robot(named: name))
    #expect(try Self.networks().identity(of: robot, at: Self.address(text)) == expected)
  }

  @Test(arguments: [
    ("192.0.2.1", "Googlebot", RobotIdentity.verified), ("203.0.113.9", "OwnBot", .verified),
    ("2001:db8::1", "(listed address)", .listed),
  ])
  func nameRobotsWithBrowsersAgents(_ text: String, _ name: String, _ identity: RobotIdentity) throws {
    let found = try #require(try Self.networks().robot(at: Self.address(text)))
    #expect(found.robot.name == name && found.identity == identity)
  }

  @Test func leaveOthersAlone() throws {
    #expect(try Self.networks().robot(at: Self.address("192.0.2.200")) == nil)
  }
}

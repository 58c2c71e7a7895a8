import Collecting
import Foundation
import ImportSupport
import TestSupport
import Testing

@testable import Importing

/// Lists of networks, in small copies of the forms in which they are published.
@Suite struct NetworkListTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func list(_ text: String, takesSystems: Bool = true) throws -> NetworkListFile {
    try NetworkListFile(path: folder.write(Array(text.utf8), to: "list"), takesSystems: takesSystems)
  }

  /// Returns what is wrong with a text, without the folder.
  private func mistake(_ text: String, takesSystems: Bool = true) -> String? {
    do {
      _ = try list(text, takesSystems: takesSystems)
      return nil
    } catch {
      return "\(error)".replacingOccurrences(of: folder.path + "/", with: "")
    }
  }

  @Test(
    arguments: [
      // FireHOL's netsets and X4BNet's lists; Windows' line ends.
      ("#\n# example\n#\n192.0.2.0/25\n198.51.100.7\n", ["192.0.2.0/25", "198.51.100.7"], []),
      ("192.0.2.0/24 # example\r\n\r\n2001:db8::/32\r\n", ["192.0.2.0/24", "2001:db8::/32"], []),
      // Spamhaus DROP as text and as lines of JSON.
      ("; Spamhaus DROP List\n192.0.2.0/24 ; SBL1\n", ["192.0.2.0/24"], []),
      (
        """
        {"cidr":"192.0.2.0/24","sblid":"SBL1","rir":"arin"}
        {"cidr":"2001:db8::\\/32","sblid":"SBL2","rir":"ripencc"}
        {"type":"metadata","timestamp":1790072042,"size":104461,"records":2}

        """, ["192.0.2.0/24", "2001:db8::/32"], []
      ),
      (
        """
        {"asn":64496,"rir":"arin","domain":"example.com","cc":"US","asname":"EXAMPLE-AS"}
        {"type":"metadata","timestamp":1790072042,"size":38060,"records":1}
        """, [], [64_496]
      ),
      // Google and Amazon's cloud.
      (
        #"{"syncToken": "1", "prefixes": [{"ipv4Prefix": "192.0.2.0/24", "scope": "x"}, {"ipv6Prefix": "2001:db8::/32"}]}"#,
        ["192.0.2.0/24", "2001:db8::/32"], []
      ),
      (
        """
        {
          "prefixes": [
            {"ip_prefix": "192.0.2.0/24", "region": "x", "service": "EC2"}
          ],
          "ipv6_prefixes": [
            {"ipv6_prefix": "2001:db8::/32", "region": "x", "service": "EC2"}
          ]
        }
        """, ["192.0.2.0/24", "2001:db8::/32"], []
      ),
      // Azure and Oracle.
      (
        """
        {"changeNumber": 1, "cloud": "Public", "values": [
          {"name": "A", "properties": {"region": "", "addressPrefixes": ["192.0.2.0/24", "2001:db8::/32"]}},
          {"name": "A.b", "properties": {"region": "b", "addressPrefixes": ["192.0.2.0/24"]}}
        ]}
        """, ["192.0.2.0/24", "2001:db8::/32", "192.0.2.0/24"], []
      ),
      (
        """
        {"last_updated_timestamp": "2019-11-18T19:55:47.204985", "regions": [
          {"region": "x", "cidrs": [{"cidr": "192.0.2.0/25", "tags": ["OCI"]}, {"cidr": "192.0.2.128/25", "tags": []}]}
        ]}
        """, ["192.0.2.0/25", "192.0.2.128/25"], []
      ),
      // Geofeeds: DigitalOcean, Linode. Values may be quoted.
      (
        "# prefix,country,region\n192.0.2.0/24,NL,NL-NH,Amsterdam,1098 XH\n\"198.51.100.7\",\"US\",US-TX,\"A, TX\",\n"
          + "2001:db8::/32,,,,\n", ["192.0.2.0/24", "198.51.100.7", "2001:db8::/32"], []
      ),
      // ipcat.
      ("192.0.2.0,192.0.2.127,Example,http://example.com/#x\n", ["192.0.2.0/25"], []),
      // bad-asn-list, X4BNet and others.
      (
        "ASN,Entity\n64496,\"EXAMPLE - Example, Inc., US\"\n64497,Example\n", [], [64_496, 64_497]
      ),
      ("AS64496 # EXAMPLE, US\nas64497 Example Networks\n64498\n", [], [64_496, 64_497, 64_498]),
      ("AS64496 ; US | EXAMPLE\n4294967295\n", [], [64_496, 4_294_967_295]),
      // Networks and systems in one list.
      ("192.0.2.0/24\nAS64496\n", ["192.0.2.0/24"], [64_496]),
    ] as [(String, [String], Set<UInt32>)])
  func areReadAsPublished(_ text: String, _ networks: [String], _ systems: Set<UInt32>) throws {
    let list = try list(text)
    #expect(try list.ranges == networks.map { try AddressRange($0) })
    #expect(list.systems == systems)
  }

  @Test(arguments: [
    (
      "192.0.2.0/24\nexample.com\n",
      "list:2: not a network such as 10.0.0.0/8 or fd00::/8, nor an autonomous system such as AS64496"
    ),
    ("64496\n0\n", "list:2: not a network such as 10.0.0.0/8 or fd00::/8, nor an autonomous system such as AS64496"),
    (
      "192.0.2.0/24\nASN,Entity\n",
      "list:2: not a network such as 10.0.0.0/8 or fd00::/8, nor an autonomous system such as AS64496"
    ),
    // Two columns separated by a blank may be anything, such as a first and a last address.
    (
      "192.0.2.0 192.0.2.255\n",
      "list:1: not a network such as 10.0.0.0/8 or fd00::/8, nor an autonomous system such as AS64496"
    ),
    (
      "192.0.2.9,192.0.2.0,Example,\n",
      "list:1: the two addresses are no range: the first must come before the last, both IPv4 or both IPv6"
    ),
    (
      "192.0.2.1/24,NL,,,\n",
      "list:1: the address has bits beyond the prefix length; write the first address of the network"
    ),
    (
      "{\"cidr\":\"192.0.2.0/24\"}\n{\"sblid\":\"SBL1\"}\n",
      "list:2: not a line of JSON with a cidr or an asn; download it again"
    ),
    ("{\"cidr\":\"192.0.2.0/24\"}\n{\"cidr\":", "list:2: not a line of JSON with a cidr or an asn; download it again"),
    ("{\"cidr\":\"192.0.2.0/33\"}\n", "list:1: the number after the slash must be from 0 to 32"),
    (
      "{\"values\": [{\"properties\": {\"addressPrefixes\": [\n\"192.0.2.0/24\",\n\"192.0.2.0/40\"]}}]}",
      "list:3: the number after the slash must be from 0 to 32"
    ),
    (
      "{\"prefixes\": [], \"ipv6_prefixes\": [{\"region\": \"x\"}]}",
      "list: ipv6_prefixes[0] has neither ipv4Prefix nor ipv6Prefix; correct the list"
    ),
    ("ASN,Entity\n", "list: contains no network; omit the list, or write one CIDR per line"),
  ])
  func areRefusedForOneMistake(_ text: String, _ expected: String) {
    #expect(mistake(text) == expected)
  }

  @Test func ofRobotsHaveNoSystems() {
    #expect(
      mistake("192.0.2.0/24\nAS64496\n", takesSystems: false) == "list:2: not a network such as 10.0.0.0/8 or fd00::/8")
  }

  /// The files of an import that an ASN can be found in, and those that it cannot.
  @Test(
    arguments: [
      ([], false), (["none"], false), (["city-test.mmdb"], false), (["asn-test.mmdb"], true),
      (["city-test.mmdb", "asn-test.mmdb"], true), (["enterprise-test.mmdb"], true),
      (["lite-test.mmdb"], true), (["locations-test.mmdb"], false),
    ] as [([String], Bool)])
  func withSystemsNeedAFileThatKnowsThem(_ files: [String], _ isEnough: Bool) throws {
    let scratch = try Scratch()
    let geo = SharedData.packageRoot.appendingPathComponent("fixtures/geo").path
    var options = scratch.options([try scratch.write(Scratch.lines(day: 1, count: 3, seed: 1))], site: "example.com")
    options.geo = files.map { $0 == "none" ? $0 : geo + "/" + $0 }
    options.robotAddresses.suspects = [try folder.write(Array("AS64496\n".utf8), to: "systems")]
    if isEnough {
      _ = try ImportRun(options).run(onProblem: { _ in }, onProgress: { _ in })
      // The database remembers the file.
      options.geo = []
      _ = try ImportRun(options)
    } else {
      #expect(throws: ImportFailure.self) { try ImportRun(options) }
      #expect(!FileManager.default.fileExists(atPath: scratch.database))
    }
  }
}

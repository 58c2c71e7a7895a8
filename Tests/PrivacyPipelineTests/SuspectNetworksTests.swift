import Collecting
import Hits
import Testing

@testable import PrivacyPipeline

/// Networks that the operator suspects.
@Suite struct SuspectNetworksTests {
  private static func pipeline(
    _ networks: [String], _ systems: Set<UInt32> = [], geo: (any GeoLookup)? = TestPlaces(), bots: [String] = []
  ) throws -> TestPipeline {
    TestPipeline(
      geo: geo, bots: try bots.map { try AddressRange($0) },
      suspects: SuspectNetworks(AddressSet(try networks.map { try AddressRange($0) }), systems: systems))
  }

  /// In ``TestPlaces``, addresses that begin with 192 are those of system 64496, and others of none.
  @Test(
    arguments: [
      ([], [], "192.0.2.1", false), (["192.0.2.0/28"], [], "192.0.2.1", true),
      (["192.0.2.0/28"], [], "192.0.2.16", false), (["2001:db8::/32"], [], "[2001:db8::7]:443", true),
      ([], [64_496], "192.0.2.1", true), ([], [64_496], "::ffff:192.0.2.1", true),
      ([], [64_497, 6_449], "192.0.2.1", false), ([], [64_496], "198.51.100.1", false),
      (["198.51.100.0/24"], [64_496], "198.51.100.1", true), ([], [64_496], "192.168.0.1", false),
      (["192.168.0.0/16"], [64_496], "192.168.0.1", true), (["0.0.0.0/0"], [64_496], "host.example", false),
    ] as [([String], Set<UInt32>, String, Bool)])
  func markHitsOfPeople(_ networks: [String], _ systems: Set<UInt32>, _ address: String, _ isMarked: Bool) throws {
    var pipeline = try Self.pipeline(networks, systems)
    // The second request finds its client in the cache, and a new batch does, too.
    for _ in 0..<2 {
      for _ in 0..<2 { #expect(try pipeline.outcome(of: TestRequest().with(.ip, address)) == .pageview) }
      #expect(pipeline.batch.hits.map { $0.traits.contains(.suspectNetwork) } == [isMarked, isMarked])
      pipeline.startBatch()
    }
  }

  @Test func areUnknownBySystemWithoutAGeoFile() throws {
    var pipeline = try Self.pipeline([], [64_496], geo: nil)
    #expect(try pipeline.outcome(of: TestRequest()) == .pageview)
    #expect(pipeline.batch.hits.allSatisfy { !$0.traits.contains(.suspectNetwork) })
  }

  @Test func changeNothingForRobots() throws {
    var pipeline = try Self.pipeline(["192.0.2.0/24", "198.51.100.0/24"], bots: ["198.51.100.0/24"])
    #expect(try pipeline.outcome(of: TestRequest().with(.userAgent, Agent.robot)) == .botUserAgent)
    #expect(try pipeline.outcome(of: TestRequest().with(.ip, "198.51.100.9")) == .botAddress)
    #expect(pipeline.batch.hits.isEmpty)
  }

  @Test(arguments: [
    ("AS64496 Example Networks", true), ("AS64496", true), ("AS644960 Example", false), ("AS Example", false),
    ("64496 Example", false), ("", false),
  ])
  func areFoundByTheNumberOfANetwork(_ network: String, _ isIn: Bool) throws {
    struct Networks: GeoLookup {
      var network: String
      func place(ofAddress bytes: [UInt8]) -> Place { Place(network: network) }
    }
    var pipeline = try Self.pipeline([], [64_496], geo: Networks(network: network))
    _ = try pipeline.outcome(of: TestRequest())
    #expect(pipeline.batch.hits.map { $0.traits.contains(.suspectNetwork) } == [isIn])
  }
}

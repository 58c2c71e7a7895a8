import ByteScanning
import Collecting
import Hits
import PageNames
import Synchronization
import UserAgents

@testable import PrivacyPipeline

/// The user agents of the tests.
enum Agent {
  static let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
  static let phone = "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0"
  static let robot = "curl/8.14.1"
}

/// The sites of the tests: one on UTC, one in Berlin's winter time with one sealed day.
enum TestSites {
  static let sealedDay: Int32 = 20_000

  static let profiles = [
    SiteProfile(
      id: 7, trackingID: "gx_ONE", host: "example.com", hosts: ["example.com", "example.net"], timeZone: "UTC",
      calendar: .utc),
    SiteProfile(
      id: 300, trackingID: "gx_TWO", host: "shop.example", hosts: ["shop.example"], timeZone: "Europe/Berlin",
      calendar: LocalCalendar(firstOffset: 3_600), sealedDays: [sealedDay]),
  ]

  static let directory = SiteDirectory(profiles)
}

/// Predictable salts. They count how often they were requested.
final class TestSalts: SaltSource {
  struct Failure: Error {}

  private let asked = Mutex<[Int32]>([])
  private let fails = Mutex(false)

  var daysAsked: [Int32] { asked.withLock { $0 } }

  func fail(_ does: Bool) { fails.withLock { $0 = does } }

  func salt(forDay day: Int32) throws -> [UInt8] {
    if fails.withLock({ $0 }) { throw Failure() }
    asked.withLock { $0.append(day) }
    return Self.salt(day)
  }

  static func salt(_ day: Int32) -> [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: day &+ $0 &* 3) }
  }
}

/// Places that depend on the first byte of the address.
struct TestPlaces: GeoLookup {
  func place(ofAddress bytes: [UInt8]) -> Place {
    switch bytes.first {
    case 192: Place(country: "DE", region: "Bavaria", city: "Munich", network: "AS64496 Example")
    case 198: Place(country: "US")
    case 0x20: Place(country: "BR", region: "São Paulo")
    default: Place()
    }
  }
}

/// A request as texts.
struct TestRequest: Sendable {
  var kind: CollectRequest.Kind = .pageview
  var timestamp: Int64 = 1_794_000_000
  var optsOut = false
  var texts: [CollectRequest.Field: String] = [
    .host: "example.com", .url: "/", .ip: "192.0.2.1", .userAgent: Agent.firefox,
  ]

  subscript(field: CollectRequest.Field) -> String {
    get { texts[field] ?? "" }
    set { texts[field] = newValue }
  }

  func with(_ field: CollectRequest.Field, _ text: String) -> TestRequest {
    var changed = self
    changed[field] = text
    return changed
  }

  var request: CollectRequest {
    var request = CollectRequest()
    request.kind = kind
    request.timestamp = timestamp
    request.asksNotToBeTracked = optsOut
    for (field, text) in texts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      request.set(field) { $0 += Array(text.utf8) }
    }
    return request
  }
}

/// A hit with texts instead of symbols.
struct ReadHit: Equatable {
  var visitor: UInt64
  var site: UInt32
  var day: Int32
  var second: Int32
  var kind: HitKind
  var page: String
  var client: [String]
  var place: [String]
  var acquisition: [String]
  var event: [String]

  init(_ hit: Hit, in batch: HitBatch) {
    visitor = hit.visitor.rawValue
    site = hit.site
    day = hit.day
    second = hit.second
    kind = hit.kind
    page = batch.pages.string(of: hit.page)
    client = Self.parts(batch.clients.string(of: hit.client))
    place = Self.parts(batch.places.string(of: hit.place))
    acquisition = Self.parts(batch.acquisitions.string(of: hit.acquisition))
    event = Self.parts(batch.events.string(of: hit.event))
  }

  static func parts(_ text: String) -> [String] {
    text.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
  }
}

/// A pipeline over the sites, rules, places and salts of the tests.
struct TestPipeline {
  static let rules: CompiledRules = {
    let browsers = ["browser\t-\t(Firefox)/(\\d+)", "system\t-\t(Linux)", "system\t-\t(Android) (\\d+)"]
    let lines = browsers.map { $0 + "\t\t\t\t\t\n" }.joined()
    do {
      let releases = Array("firefox\t145\t2019-10-24\nfirefox\t146\t2019-12-01\n".utf8)
      return CompiledRules(try UserAgentRules(browsers: Array(lines.utf8), crawlers: [], releases: releases))
    } catch {
      fatalError("\(error)")
    }
  }()

  let salts = TestSalts()
  private var pipeline: Pipeline
  private(set) var batch = HitBatch()

  init(
    honoursOptOut: Bool = true, geo: (any GeoLookup)? = TestPlaces(), bots: [AddressRange] = [],
    suspects: SuspectNetworks = SuspectNetworks(), naming: SiteNaming = SiteNaming()
  ) {
    pipeline = Pipeline(
      Pipeline.Environment(
        sites: TestSites.directory, agents: { Self.rules }, geo: geo,
        robotNetworks: RobotNetworks(others: AddressSet(bots)), suspectNetworks: suspects, salts: salts,
        naming: naming, honoursOptOut: honoursOptOut))
    pipeline.startBatch()
  }

  mutating func startBatch() {
    batch = HitBatch()
    pipeline.startBatch()
  }

  mutating func outcome(of request: TestRequest, line: Int32 = 0) throws -> Outcome {
    try pipeline.process(request.request, line: line, into: &batch)
  }

  /// Returns the hit of a request that is kept.
  mutating func hit(of request: TestRequest) throws -> ReadHit? {
    let before = batch.hits.count
    _ = try outcome(of: request)
    return batch.hits.count > before ? batch.hits.last.map { ReadHit($0, in: batch) } : nil
  }

  mutating func locate(_ host: String, at instant: Int64) throws -> (site: Int, moment: LocalMoment)? {
    let bytes = Array(host.utf8)
    return try pipeline.locate(bytes.span, host: 0..<bytes.count, target: 0..<0, fileSite: nil, at: instant)
  }
}

extension PipelineCaches {
  /// Caches for the sites and rules of tests.
  static func forTests(_ naming: SiteNaming = SiteNaming()) -> PipelineCaches {
    PipelineCaches(
      agents: AgentCache(rules: { TestPipeline.rules }),
      pages: PageCache(naming, sites: TestSites.directory.profiles))
  }
}

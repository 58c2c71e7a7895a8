import Acquisition
import ByteScanning
import Collecting
import Hits
import TestSupport
import Testing

@testable import PrivacyPipeline

/// Each step on its own.
@Suite struct StepTests {
  private var draft = Draft()
  private var caches = PipelineCaches.forTests()
  private var batch = HitBatch()

  init() {
    caches.startBatch()
  }

  private mutating func apply(_ step: some Step, to request: TestRequest) throws -> Verdict {
    var step = step
    draft.target = RequestTarget.parts(of: request.request.bytes.span, request.request[.url])
    return try step.apply(request.request, to: &draft, with: &caches, in: &batch)
  }

  /// Returns properties whose encoding has this length.
  private static func props(ofBytes count: Int) -> String {
    #"{"a":""# + String(repeating: "x", count: count - 8) + #""}"#
  }

  @Test(
    arguments: [
      (TestRequest(), .keep), (TestRequest().with(.url, ""), .drop(.invalidURL)),
      (TestRequest().with(.url, "about"), .drop(.invalidPathname)),
      (TestRequest(kind: .event).with(.name, ""), .drop(.invalidName)),
      (TestRequest(kind: .event).with(.name, "buy"), .keep),
      (TestRequest(kind: .event).with(.name, String(repeating: "x", count: 255)), .keep),
      (TestRequest(kind: .event).with(.name, String(repeating: "x", count: 256)), .drop(.invalidName)),
      (TestRequest(kind: .event).with(.name, "b\u{1F}uy"), .drop(.invalidName)),
      (TestRequest(kind: .event).with(.name, "buy").with(.props, #"{"colour":["red"]}"#), .drop(.invalidProps)),
      (
        TestRequest(kind: .event).with(.name, "buy").with(.props, Self.props(ofBytes: 4_096)), .keep
      ),
      (
        TestRequest(kind: .event).with(.name, "buy").with(.props, Self.props(ofBytes: 4_097)), .drop(.invalidProps)
      ),
    ] as [(TestRequest, Verdict)])
  mutating func validateNamesTheRuleThatIsBroken(_ request: TestRequest, _ verdict: Verdict) throws {
    #expect(try apply(Validate(), to: request) == verdict)
  }

  @Test(
    arguments: [
      ("example.com", "", 0), ("EXAMPLE.com", "", 0), ("www.example.com", "", 0), ("example.net:8443", "", 0),
      ("example.com.", "", 0), ("shop.example", "", 1), ("m.example.com", "", nil), ("", "", nil), ("-", "", nil),
      ("elsewhere.example", "gx_TWO", 1), ("example.com", "gx_NONE", nil),
    ] as [(String, String, Int?)])
  mutating func sitesAreFoundByTrackingIDOrHost(_ host: String, _ id: String, _ site: Int?) throws {
    let request = TestRequest().with(.host, host).with(.trackingID, id)
    let verdict = try apply(FindSite(sites: TestSites.directory), to: request)
    #expect(verdict == (site == nil ? .drop(.unknownSite) : .keep))
    if let site { #expect(draft.site == site) }
  }

  @Test mutating func theOnlySiteTakesEveryHost() throws {
    let step = FindSite(sites: SiteDirectory(TestSites.profiles, only: 1))
    #expect(try apply(step, to: TestRequest().with(.host, "elsewhere.example")) == .keep)
    #expect(draft.site == 1)
  }

  @Test(
    arguments: [
      // The sealed day in Berlin, from its first second to its last.
      (-3_601, -1, 86_399, .keep), (-3_600, 0, 0, .drop(.late)), (82_799, 0, 86_399, .drop(.late)),
      (82_800, 1, 0, .keep),
    ] as [(Int64, Int32, Int32, Verdict)])
  mutating func daysAreThoseOfTheSitesClock(
    _ offset: Int64, _ day: Int32, _ second: Int32, _ verdict: Verdict
  ) throws {
    let start = Int64(TestSites.sealedDay) * 86_400
    let request = TestRequest(timestamp: start + offset).with(.host, "shop.example")
    #expect(try apply(FindSite(sites: TestSites.directory), to: request) == verdict)
    #expect(draft.moment.day == TestSites.sealedDay + day)
    #expect(draft.moment.second == second)
  }

  @Test(
    arguments: [
      (true, true, .drop(.optedOut)), (true, false, .keep), (false, true, .keep), (false, false, .keep),
    ] as [(Bool, Bool, Verdict)])
  mutating func optOutEndsWhereItIsHonoured(_ isHonoured: Bool, _ optsOut: Bool, _ verdict: Verdict) throws {
    #expect(try apply(OptOut(isHonoured: isHonoured), to: TestRequest(optsOut: optsOut)) == verdict)
  }

  @Test(
    arguments: [
      ("https://spam.example/x?y", .drop(.referrerSpam)), ("http://WWW.Seo.Spam.Example:80", .drop(.referrerSpam)),
      ("https://notspam.example/", .keep), ("https://example.org/spam.example", .keep), ("", .keep), ("-", .keep),
    ] as [(String, Verdict)])
  mutating func referrersThatAreSpamEnd(_ referrer: String, _ verdict: Verdict) throws {
    let request = TestRequest().with(.referrer, referrer)
    let list = try ReferrerSpam(Array("spam.example".utf8))
    #expect(try apply(DropReferrerSpam(list: list), to: request) == verdict)
    #expect(try apply(DropReferrerSpam(list: nil), to: request) == .keep)
  }

  @Test(
    arguments: [
      (Agent.firefox, .keep), (Agent.robot, .drop(.botUserAgent)), ("", .keep), ("-", .keep),
      ("Mozilla/5.0 (compatible; ExampleBot/1.0)", .drop(.botUserAgent)),
    ] as [(String, Verdict)])
  mutating func robotsEnd(_ agent: String, _ verdict: Verdict) throws {
    let step = DropBots(networks: RobotNetworks())
    for _ in 0..<2 { #expect(try apply(step, to: TestRequest().with(.userAgent, agent)) == verdict) }
  }

  @Test(arguments: [
    (Agent.firefox, ["Firefox", "145", "Linux", "", "desktop"]),
    (Agent.phone, ["Firefox", "144", "Android", "15", "mobile"]), ("-", ["Other", "", "Other", "", "other"]),
  ])
  mutating func clientsArePutInPlaceOfAgents(_ agent: String, _ client: [String]) throws {
    let request = TestRequest().with(.userAgent, agent)
    _ = try apply(DropBots(networks: RobotNetworks()), to: request)
    #expect(try apply(PutClient(), to: request) == .keep)
    #expect(ReadHit.parts(batch.clients.string(of: draft.client)) == client)
  }

  /// Firefox 146 replaced 145 on 2019-12-01, so 145 is old five years later; 146 is the last that is known.
  @Test(
    arguments: [
      (Agent.firefox, "2024-11-30", false), (Agent.firefox, "2024-12-01", true),
      (Agent.firefox.replacing("Firefox/145", with: "Firefox/146"), "2024-12-01", false), ("-", "2024-12-01", false),
    ])
  mutating func aVersionIsOldFromADayOn(_ agent: String, _ day: String, _ isOld: Bool) throws {
    draft.moment.day = try #require(DayName.day(named: day))
    #expect(try apply(DropBots(networks: RobotNetworks()), to: TestRequest().with(.userAgent, agent)) == .keep)
    #expect(draft.traits == (isOld ? [.oldBrowser] : []))
  }

  @Test(arguments: [
    ("192.0.2.1", ["DE", "DE/Bavaria", "DE/Bavaria/Munich", "AS64496 Example"]),
    ("::ffff:192.0.2.1", ["DE", "DE/Bavaria", "DE/Bavaria/Munich", "AS64496 Example"]),
    ("198.51.100.1", ["US", "", "", ""]),
    ("2001:db8::1", ["BR", "BR/São Paulo", "", ""]), ("203.0.113.1", ["", "", "", ""]),
    // A private network has no place, even if a file has one for it. A name has none either.
    ("192.168.0.1", ["", "", "", ""]), ("host.example", ["", "", "", ""]), ("-", ["", "", "", ""]),
  ])
  mutating func placesArePutInPlaceOfAddresses(_ address: String, _ place: [String]) throws {
    let request = TestRequest().with(.ip, address)
    #expect(try apply(PutPlace(geo: TestPlaces()), to: request) == .keep)
    #expect(ReadHit.parts(batch.places.string(of: draft.place)) == place)
  }

  @Test mutating func withoutGeoFileThereIsNoPlace() throws {
    _ = try apply(PutPlace(geo: nil), to: TestRequest())
    #expect(ReadHit.parts(batch.places.string(of: draft.place)) == ["", "", "", ""])
  }

  @Test(arguments: [
    ("/a?q=secret#part", "", "/a"), ("/a#part?q", "", "/a"), ("https://example.com/a/../b?x", "", "/b"),
    ("https://user:word@example.com/a", "", "/a"), ("/%7Ea;jsessionid=1F?x", "", "/~a"),
    ("/ignored?x", "/given", "/given"), ("/", "/given?q=secret#part", "/given"), ("//a/index.html", "", "/a"),
  ])
  mutating func pagesHaveNeitherQueryNorFragment(_ url: String, _ pathname: String, _ page: String) throws {
    let request = TestRequest().with(.url, url).with(.pathname, pathname)
    #expect(try apply(PutPage(), to: request) == .keep)
    #expect(batch.pages.string(of: draft.page) == page)
  }
}

@Suite struct PutSourceTests {
  /// URL, referrer: source, channel, referrer, utm values.
  @Test(arguments: [
    ("/", "", ["Direct / None", "Direct", "", "", "", "", "", ""]),
    (
      "/", "https://www.Google.com/search?q=secret#x",
      ["Google", "Organic Search", "google.com/search", "", "", "", "", ""]
    ),
    ("/", "https://example.com/other", ["Direct / None", "Direct", "", "", "", "", "", ""]),
    ("/", "https://www.example.net/", ["Direct / None", "Direct", "", "", "", "", "", ""]),
    (
      "/", "https://user:word@forum.example:8080/t/1?page=2",
      ["forum.example", "Referral", "forum.example/t/1", "", "", "", "", ""]
    ),
    ("/", "android-app://com.google.android.gm/", ["Gmail", "Email", "com.google.android.gm", "", "", "", "", ""]),
    ("/", "-", ["Direct / None", "Direct", "", "", "", "", "", ""]),
    ("/", "localhost:8080/x", ["Direct / None", "Direct", "", "", "", "", "", ""]),
    ("/", "chrome-extension://abcdef/x.html", ["Direct / None", "Direct", "", "", "", "", "", ""]),
    (
      "/", "https://docs.google.com/document/d/1",
      ["docs.google.com", "Referral", "docs.google.com/document/d/1", "", "", "", "", ""]
    ),
    ("/?utm_source=openai", "", ["OpenAI", "AI Assistants", "", "openai", "", "", "", ""]),
    (
      "/?utm_source=News&utm_medium=email&utm_campaign=a%20b&utm_content=c+d&utm_term=%C3%A9&q=secret", "",
      ["News", "Email", "", "News", "email", "a b", "c d", "é"]
    ),
    ("/?UTM_Source=x&utm_source=y", "", ["X", "Organic Social", "", "x", "", "", "", ""]),
    (
      "/?mtm_source=News&mtm_medium=email&mtm_campaign=a&mtm_content=c&mtm_kwd=k&mtm_cid=7", "",
      ["News", "Email", "", "News", "email", "a", "c", "k"]
    ),
    (
      "/?pk_campaign=&piwik_campaign=w&PK_Source=x&utm_campaign=y", "",
      ["X", "Organic Social", "", "x", "", "w", "", ""]
    ),
    ("/?ref=producthunt", "", ["Product Hunt", "Organic Social", "", "", "", "", "", ""]),
    ("/?source=friend", "", ["friend", "Referral", "", "", "", "", "", ""]),
    ("/?gclid=secret", "", ["Google", "Paid Search", "", "", "", "", "", ""]),
    ("/?wbraid=secret", "", ["Google", "Paid Search", "", "", "", "", "", ""]),
    ("/?msclkid=secret", "https://www.bing.com/", ["Bing", "Paid Search", "bing.com", "", "", "", "", ""]),
    ("/?utm_source=a%1Fb%00c", "", ["abc", "Referral", "", "abc", "", "", "", ""]),
    ("/?fbclid=secret&q=secret", "", ["Facebook", "Organic Social", "", "", "", "", "", ""]),
  ])
  func tellsWhereAVisitCameFrom(_ url: String, _ referrer: String, _ expected: [String]) throws {
    var pipeline = TestPipeline()
    let request = TestRequest().with(.url, url).with(.referrer, referrer)
    let hit = try #require(try pipeline.hit(of: request))
    #expect(hit.acquisition == expected)
    #expect(try pipeline.hit(of: request) == hit)
  }

  @Test func fieldsOfTheRequestComeBeforeTheQuery() throws {
    var pipeline = TestPipeline()
    let request = TestRequest().with(.url, "/?utm_source=query&utm_term=t").with(.utmSource, "field")
    #expect(try pipeline.hit(of: request)?.acquisition == ["field", "Referral", "", "field", "", "", "", "t"])
  }
}

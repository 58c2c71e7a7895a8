import ByteScanning
import Collecting
import Hits
import TestSupport
import Testing

@testable import PrivacyPipeline

@Suite struct PipelineTests {
  /// A request with everything wrong is stopped by the first step. With that fixed, it is stopped by the next one,
  /// and so on.
  @Test func stepsDecideInTheOrderOfThePromise() throws {
    var pipeline = TestPipeline()
    var request = TestRequest(timestamp: Int64(TestSites.sealedDay) * 86_400, optsOut: true)
    request[.url] = "no path"
    request[.host] = "elsewhere.example"
    request[.userAgent] = Agent.robot
    #expect(try pipeline.outcome(of: request) == .invalidPathname)
    request[.url] = "/"
    #expect(try pipeline.outcome(of: request) == .unknownSite)
    request[.host] = "shop.example"
    #expect(try pipeline.outcome(of: request) == .late)
    request.timestamp += 2 * 86_400
    #expect(try pipeline.outcome(of: request) == .optedOut)
    request.optsOut = false
    #expect(try pipeline.outcome(of: request) == .botUserAgent)
    #expect(pipeline.batch.hits.isEmpty)
    #expect(pipeline.salts.daysAsked.isEmpty, "dropped requests need no salt")
    request[.userAgent] = Agent.firefox
    #expect(try pipeline.outcome(of: request) == .pageview)
    #expect(pipeline.batch.hits.count == 1)
  }

  @Test func robotsAreKnownByTheirNetworks() throws {
    let bots = [try AddressRange("198.51.100.0/24"), try AddressRange("2001:db8:bad::/48")]
    var pipeline = TestPipeline(bots: bots)
    for _ in 0..<2 {
      #expect(try pipeline.outcome(of: TestRequest()) == .pageview)
      #expect(try pipeline.outcome(of: TestRequest().with(.ip, "198.51.100.9")) == .botAddress)
      #expect(try pipeline.outcome(of: TestRequest().with(.ip, "[2001:db8:bad::1]:443")) == .botAddress)
      let named = TestRequest().with(.ip, "198.51.100.9").with(.userAgent, Agent.robot)
      #expect(try pipeline.outcome(of: named) == .botUserAgent, "a robot that names itself is recognised first")
    }
    #expect(pipeline.batch.hits.count == 2)
  }

  @Test func optOutIsHonouredUnlessSwitchedOff() throws {
    var pipeline = TestPipeline(honoursOptOut: false)
    #expect(try pipeline.outcome(of: TestRequest(optsOut: true)) == .pageview)
  }

  @Test(
    arguments: [
      (.pageview, .pageview, .pageview), (.event, .event, .event), (.notFound, .status, .notFound),
    ] as [(CollectRequest.Kind, Outcome, HitKind)])
  func everyKindHasItsOutcome(_ kind: CollectRequest.Kind, _ outcome: Outcome, _ hit: HitKind) throws {
    var pipeline = TestPipeline()
    let request = TestRequest(kind: kind).with(.name, "buy")
    #expect(try pipeline.outcome(of: request, line: 41) == outcome)
    #expect(pipeline.batch.hits.map(\.kind) == [hit])
    #expect(pipeline.batch.lines == [41])
  }

  @Test func anEventHasItsNameAndProperties() throws {
    var pipeline = TestPipeline()
    let request = TestRequest(kind: .event).with(.url, "https://example.com/buy?token=secret").with(.name, "buy")
    #expect(try pipeline.hit(of: request)?.event == ["buy"])
    let full = request.with(.props, #"{"colour":"li\u0000ght\u001fblue","count":2,"gift":true}"#)
    let hit = try #require(try pipeline.hit(of: full))
    #expect(hit.kind == .event && hit.page == "/buy")
    #expect(hit.event == ["buy", "colour", "lightblue", "count", "2", "gift", "true"])
    #expect(try pipeline.hit(of: request.with(.props, "[1]")) == nil)
    var view = request
    view.kind = .pageview
    #expect(try pipeline.hit(of: view)?.event == [""], "a name does not turn a page view into an event")
  }

  @Test func aHitHoldsCleanFactsOnly() throws {
    var pipeline = TestPipeline()
    let request = TestRequest(timestamp: 20_766 * 86_400 + 3_661)
      .with(.url, "https://example.com/a?utm_source=News&token=secret#part")
      .with(.referrer, "https://www.google.com/search?q=secret")
    let hit = try #require(try pipeline.hit(of: request))
    #expect(hit.site == 7)
    #expect(hit.day == 20_766)
    #expect(hit.second == 3_661)
    #expect(hit.page == "/a")
    #expect(hit.client == ["Firefox", "145", "Linux", "", "desktop"])
    #expect(hit.place == ["DE", "DE/Bavaria", "DE/Bavaria/Munich", "AS64496 Example"])
    #expect(hit.acquisition == ["News", "Referral", "google.com/search", "News", "", "", "", ""])
  }

  @Test func linesThatAreNoRequestsAreLocatedToo() throws {
    var pipeline = TestPipeline()
    let shop = try pipeline.locate("WWW.shop.example:80", at: 20_766 * 86_400 - 3_600)
    let found = try #require(shop)
    #expect(found.site == 1)
    #expect(found.moment == LocalMoment(day: 20_766, second: 0, isSealed: false))
    let none = try pipeline.locate("elsewhere.example", at: 0)
    #expect(none == nil)
  }

  /// Caches never change the result: each request gives the same hit as it does alone.
  @Test func rememberingIsInvisible() throws {
    var generator = SeededGenerator(seed: 14)
    var pipeline = TestPipeline()
    for number in 0..<400 {
      if number % 90 == 0 { pipeline.startBatch() }
      let request = TestRequest.random(using: &generator)
      var alone = TestPipeline()
      #expect(try pipeline.hit(of: request) == alone.hit(of: request))
    }
  }

  @Test func aNewBatchHoldsItsOwnTextsOnly() throws {
    var pipeline = TestPipeline()
    _ = try pipeline.outcome(of: TestRequest().with(.url, "/a"))
    pipeline.startBatch()
    _ = try pipeline.outcome(of: TestRequest().with(.url, "/b").with(.userAgent, Agent.phone))
    let batch = pipeline.batch
    #expect(
      [batch.pages, batch.clients, batch.places, batch.acquisitions, batch.events].map(\.count) == [1, 1, 1, 1, 1])
  }
}

@Suite struct MemoryTests {
  @Test func aFullCacheForgetsAll() {
    var cache = ByteCache<Int>(limit: 3)
    let keys = [UInt8](0..<8)
    var made = 0
    for key in 0..<3 {
      #expect(!cache.isFull)
      for _ in 0..<2 {
        let index = cache.index(of: keys.span, key..<key + 1)
        if cache.isNew(index) {
          made += 1
          cache.add(key)
        }
        #expect(cache[index] == key)
      }
    }
    #expect(made == 3)
    #expect(cache.isFull)
    cache.removeAll()
    #expect(!cache.isFull)
    let index = cache.index(of: keys.span, 2..<3)
    #expect(index == 0 && cache.isNew(index))
    cache.add(99)
    #expect(cache[index] == 99)
  }

  /// The number of places is bounded, too, and no client keeps the number of a place that was removed.
  @Test func placesMetAreBounded() {
    var caches = PipelineCaches.forTests()
    let bytes = Array("192.0.2.1agent".utf8)
    let client = caches.clients.number(site: 0, day: 1, bytes.span, address: 0..<9, agent: 9..<14)
    caches.clients[client].place = caches.places.number(of: ["DE"])
    for number in 0..<32_768 { _ = caches.places.number(of: ["\(number)"]) }
    caches.startBatch()
    #expect(!caches.places.isFull)
    let again = caches.clients.number(site: 0, day: 1, bytes.span, address: 0..<9, agent: 9..<14)
    #expect(caches.clients[again].place == ClientCache.Entry.noPlace)
  }

  /// A text has one number, and in each batch a symbol from the batch's own table.
  @Test func textsHaveSymbolsOfTheBatch() {
    var texts = BatchTexts(limit: 3)
    let (one, two) = (texts.number(of: ["a", "b\u{1F}"]), texts.number(of: ["c"]))
    #expect((one, two) == (0, 1))
    #expect(texts.number(of: ["a", "b"]) == one)
    for batch in UInt32(1)...2 {
      var table = SymbolTable()
      for _ in 0..<2 {
        #expect(texts.symbol(of: two, in: &table, batch: batch) == 0)
        #expect(texts.symbol(of: one, in: &table, batch: batch) == 1)
      }
      #expect(table.string(of: 1) == "a\u{1F}b")
    }
    #expect(!texts.isFull)
    _ = texts.number(of: ["d"])
    #expect(texts.isFull)
  }

  /// The entries of addresses and user agents are found again, however many there are, and removed once there are too
  /// many.
  @Test func clientsMetAreBounded() {
    var caches = PipelineCaches.forTests()
    let addresses = (0..<40_000).map { Array("2001:db8::\($0)agent".utf8) }
    func number(_ index: Int) -> Int {
      let bytes = addresses[index]
      return caches.clients.number(
        site: 0, day: 1, bytes.span, address: 0..<bytes.count - 5, agent: bytes.count - 5..<bytes.count)
    }
    for _ in 0..<2 {
      for index in addresses.indices {
        let client = number(index)
        #expect(caches.clients[client].kind == .new)
        caches.clients[client].kind = .person
        caches.clients[client].index = UInt32(index)
        caches.clients[client].client = UInt32(index)
      }
      for index in addresses.indices {
        let client = caches.clients[number(index)]
        #expect(client.kind == .person && client.index == index && client.client == index)
      }
      #expect(caches.clients.isFull)
      caches.startBatch()
      #expect(!caches.clients.isFull)
      #expect(caches.clients[number(7)].kind == .new)
      caches.clients.removeAll()
    }
  }

  /// A client has a separate entry for each day and site, and prefetching clients changes nothing.
  @Test func clientsAreOfOneDayAndSite() {
    var clients = ClientCache()
    let texts = (0..<30).map { Array("192.0.2.\($0)agent".utf8) }
    let hashes = texts.map { clients.hasher.hash($0.span, address: 0..<$0.count - 5, agent: $0.count - 5..<$0.count) }
    #expect(Set(hashes.map { clients.number(of: $0, site: 0, day: 1) }).count == 30)
    for (index, place) in [(0, 1), (0, 2), (1, 1), (1, -1)].enumerated() {
      let (site, day) = (place.0, Int32(place.1))
      for hash in hashes {
        let client = clients.number(of: hash, site: site, day: day)
        #expect(clients[client].kind == .new)
        clients[client].kind = .person
        clients[client].client = UInt32(index)
      }
      clients.expect(hashes.span)
      clients.expect(hashes.span.extracting(0..<0))
    }
    for (index, place) in [(0, 1), (0, 2), (1, 1), (1, -1)].enumerated() {
      for hash in hashes {
        let client = clients.number(of: hash, site: place.0, day: Int32(place.1))
        #expect(clients[client].kind == .person && clients[client].client == index)
      }
    }
  }

  /// What is known of a robot is stored with its client.
  @Test(arguments: [
    JudgedRobot(text: 7, outcome: .botUserAgent, reader: nil), JudgedRobot(text: 8, outcome: .botAddress, reader: nil),
    JudgedRobot(text: 9, outcome: .botUserAgent, reader: FeedReader(id: 5, subscribers: 0)),
    JudgedRobot(text: 0, outcome: .botUserAgent, reader: FeedReader(id: .max, subscribers: 42)),
  ])
  func robotsAreRemembered(_ robot: JudgedRobot) {
    var clients = ClientCache()
    let bytes = Array("192.0.2.1agent".utf8)
    let client = clients.number(site: 0, day: 1, bytes.span, address: 0..<9, agent: 9..<14)
    clients[client].robot = robot
    #expect(clients[client].isRobot && clients[client].robot == robot)
  }
}

extension ClientCache {
  fileprivate mutating func number(
    site: Int, day: Int32, _ bytes: Span<UInt8>, address: Range<Int>, agent: Range<Int>
  ) -> Int {
    number(of: hasher.hash(bytes, address: address, agent: agent), site: site, day: day)
  }
}

extension TestRequest {
  fileprivate static func random(using generator: inout SeededGenerator) -> TestRequest {
    func one(_ texts: [String]) -> String { texts[Int.random(in: texts.indices, using: &generator)] }
    var request = TestRequest()
    request.timestamp = 20_766 * 86_400 + Int64.random(in: 0..<200_000, using: &generator)
    request[.host] = one(["example.com", "www.shop.example", "elsewhere.example"])
    request[.ip] = one(["192.0.2.1", "::ffff:192.0.2.1", "198.51.100.2", "2001:db8::1", "-"])
    request[.userAgent] = one([Agent.firefox, Agent.phone, Agent.robot, "-"])
    request[.url] = one(["/", "/a?utm_source=x", "/a?q=1", "/b#c", "no path"])
    request[.referrer] = one(["", "-", "https://google.com/?q", "https://example.com/", "https://shop.example/"])
    return request
  }

  /// Requests of robots are kept with their names and pages, and those of people are not.
  @Test func requestsOfRobotsAreTold() throws {
    var pipeline = TestPipeline()
    let robot = TestRequest().with(.userAgent, Agent.robot)
    #expect(try pipeline.outcome(of: TestRequest(), line: 0) == .pageview)
    #expect(try pipeline.outcome(of: robot, line: 1) == .botUserAgent)
    #expect(try pipeline.outcome(of: robot.with(.url, "https://example.com/a?b"), line: 3) == .botUserAgent)
    let batch = pipeline.batch
    #expect(batch.robotRequests.map(\.line) == [1, 3])
    #expect(batch.robotRequests.map { batch.pages.string(of: $0.page) }.last == "/a")
    let text = batch.robots.string(of: batch.robotRequests[0].robot)
    #expect(text.split(separator: "\u{1F}", omittingEmptySubsequences: false).suffix(2) == ["http_library", "claimed"])
  }
}

import ByteScanning
import Hits
import TestSupport
import Testing

@testable import Rollups

@Suite struct RobotRollupTests {
  private static let gptBot = "GPTBot\u{1F}OpenAI\u{1F}ai_training\u{1F}claimed"
  private static let feedly = "Feedly\u{1F}Feedly\u{1F}feed_reader\u{1F}claimed"
  private static let news = "NetNewsWire\u{1F}\u{1F}feed_reader\u{1F}claimed"

  private static func counts(_ rollup: RobotRollup, _ dimension: Dimension) -> [String: [Int64]] {
    var counts: [String: [Int64]] = [:]
    rollup.forEachRow(other: "(other)") { found, value, sum in
      guard found == dimension else { return }
      let text = String(decoding: ByteCopy.bytes(value, 0..<value.count), as: UTF8.self)
      let old = counts.updateValue(Array(sum.measures.dropLast()), forKey: text.replacing("\u{1F}", with: "|"))
      #expect(old == nil, "each value once")
    }
    return counts
  }

  @Test func addsUpByRobotAndPage() {
    var rollup = RobotRollup()
    func add(_ page: String, _ thing: FetchedThing, _ answer: AnswerKind, _ count: Int64, _ bytes: Int64) {
      rollup.add(Self.gptBot, page, thing, answer, .init(count: count, bytes: bytes))
    }
    add("/a", .page, .ok, 2, 300)
    add("/a", .page, .ok, 1, 50)
    add("/a", .page, .missing, 1, 7)
    add("/b.pdf", .document, .ok, 4, 4_000)
    #expect(Self.counts(rollup, .robotClass) == ["ai_training": [8, 0, 0, 0, 0]])
    #expect(
      Self.counts(rollup, .robot) == [
        "GPTBot|OpenAI|ai_training|claimed|page|ok": [3, 0, 0, 0, 350],
        "GPTBot|OpenAI|ai_training|claimed|page|missing": [1, 0, 0, 0, 7],
        "GPTBot|OpenAI|ai_training|claimed|document|ok": [4, 0, 0, 0, 4_000],
      ])
    #expect(
      Self.counts(rollup, .robotPage) == [
        "GPTBot|ai_training|/a|page|ok": [3, 0, 0, 0, 350], "GPTBot|ai_training|/a|page|missing": [1, 0, 0, 0, 7],
        "GPTBot|ai_training|/b.pdf|document|ok": [4, 0, 0, 0, 4_000],
      ])
  }

  /// Of an aggregator's id, the highest number counts; its ids add up; each program of a person counts once.
  @Test func countsReadersOfFeeds() {
    var rollup = RobotRollup()
    for (reader, subscribers) in [(UInt64(1), UInt32(30)), (1, 33), (1, 31), (2, 5)] {
      rollup.addFeed(Self.feedly, "/feed", reader: reader, requests: 2, subscribers: subscribers)
    }
    for reader in [UInt64(7), 8, 7] {
      rollup.addFeed(Self.news, "/feed", reader: reader, requests: 1, subscribers: 0)
    }
    #expect(
      Self.counts(rollup, .feed) == ["/feed|Feedly": [8, 38, 0, 0, 0], "/feed|NetNewsWire": [3, 2, 0, 0, 0]])
  }

  /// Ten thousand made-up names leave the most frequent ones and one row for the rest; nothing is lost.
  @Test func keepsALimitedNumberOfNamesAndPages() {
    var rollup = RobotRollup()
    for index in 0..<10_000 {
      rollup.add(
        "bot\(index)\u{1F}\u{1F}other_bot\u{1F}claimed", "/\(index)", .page, .ok,
        .init(count: index == 77 ? 9 : 1, bytes: 1))
    }
    for index in 0..<8_000 {
      rollup.add(Self.gptBot, "/p\(index)", .page, .ok, .init(count: 2, bytes: 1))
    }
    let robots = Self.counts(rollup, .robot)
    #expect(robots.count == RobotRollup.robotsPerDay + 1)
    #expect(robots["bot77||other_bot|claimed|page|ok"]?.first == 9)
    #expect(robots["(other)||other_bot|claimed|page|ok"] != nil)
    #expect(robots.values.reduce(0) { $0 + $1[0] } == 10_008 + 16_000)
    let pages = Self.counts(rollup, .robotPage)
    #expect(pages.count <= RobotRollup.pagesPerDay + RobotRollup.robotsPerDay + 1)
    #expect(pages.values.reduce(0) { $0 + $1[0] } == 10_008 + 16_000)
    #expect(pages["GPTBot|ai_training|(other)|page|ok"] != nil)
  }

  /// Random requests, some of names and pages beyond what a day keeps, give what plain dictionaries of texts give.
  @Test(arguments: [(names: 20, pages: 50), (names: 900, pages: 400), (names: 40, pages: 4_000)])
  func countsAsPlainDictionariesDo(size: (names: Int, pages: Int)) {
    var random = SeededGenerator(seed: UInt64(size.names))
    var rollup = RobotRollup()
    var reference = ReferenceRobots()
    for _ in 0..<20_000 {
      let name = "bot\(Int.random(in: 0..<size.names, using: &random))"
      let owner = ["", "Example", "Beispiel"].randomElement(using: &random) ?? ""
      let kind = ["ai_training", "other_bot"].randomElement(using: &random) ?? ""
      let identity = ["claimed", "verified"].randomElement(using: &random) ?? ""
      let request = ReferenceRobots.Request(
        robot: [name, owner, kind, identity], page: "/\(Int.random(in: 0..<size.pages, using: &random))",
        thing: FetchedThing.allCases.randomElement(using: &random) ?? .page,
        answer: AnswerKind.allCases.randomElement(using: &random) ?? .ok,
        sum: .init(count: Int64.random(in: 1...5, using: &random), bytes: Int64.random(in: 0...9, using: &random)))
      reference.requests.append(request)
      let robot = request.robot.joined(separator: "\u{1F}")
      rollup.add(robot, request.page, request.thing, request.answer, request.sum)
    }
    for (dimension, expected) in [
      (Dimension.robotClass, reference.classes), (.robot, reference.robots), (.robotPage, reference.pages),
    ] {
      let written = expected.map { ($0.replacing("\u{1F}", with: "|"), $1) }
      #expect(Self.counts(rollup, dimension) == Dictionary(uniqueKeysWithValues: written))
    }
  }
}

extension RobotRollup {
  fileprivate mutating func add(
    _ robot: String, _ page: String, _ thing: FetchedThing, _ answer: AnswerKind, _ sum: RobotRequests
  ) {
    let (robot, page) = (Array(robot.utf8), Array(page.utf8))
    add(
      robot: number(ofRobot: robot.span), page: number(ofPage: page.span), thing: thing, answer: answer, sum)
  }

  /// Adds a request for a feed, which is also among all requests.
  fileprivate mutating func addFeed(
    _ robot: String, _ page: String, reader: UInt64, requests: Int64, subscribers: UInt32
  ) {
    add(robot, page, .feed, .ok, .init(count: requests, bytes: 0))
    let (robot, page) = (Array(robot.utf8), Array(page.utf8))
    add(
      robot: number(ofRobot: robot.span), feed: number(ofPage: page.span), reader: reader, requests: requests,
      subscribers: subscribers)
  }
}

/// The same statistics by plain dictionaries of texts.
private struct ReferenceRobots {
  struct Request {
    var robot: [String]
    var page: String
    var thing: FetchedThing
    var answer: AnswerKind
    var sum: RobotRequests
  }

  var requests: [Request] = []

  private func sums(bytes: Bool = true, _ key: (Request) -> [String]) -> [String: [Int64]] {
    var sums: [String: [Int64]] = [:]
    for request in requests {
      var sum = sums[key(request).joined(separator: "\u{1F}")] ?? [0, 0, 0, 0, 0]
      sum[0] += request.sum.count
      sum[4] += bytes ? request.sum.bytes : 0
      sums[key(request).joined(separator: "\u{1F}")] = sum
    }
    return sums
  }

  private func most(_ cap: Int, _ key: (Request) -> [String]) -> Set<String> {
    let ranked = sums(key).sorted { ($1.value[0], $0.key) < ($0.value[0], $1.key) }
    return Set(ranked.prefix(cap).map(\.key))
  }

  var classes: [String: [Int64]] { sums(bytes: false) { [$0.robot[2]] } }

  var robots: [String: [Int64]] {
    let kept = most(RobotRollup.robotsPerDay) { [$0.robot[0]] }
    return sums { request in
      let names = kept.contains(request.robot[0]) ? Array(request.robot[..<2]) : ["(other)", ""]
      return names + request.robot[2...] + [request.thing.name, request.answer.name]
    }
  }

  var pages: [String: [Int64]] {
    let kept = most(RobotRollup.robotsPerDay) { [$0.robot[0]] }
    let keptPages = most(RobotRollup.pagesPerDay) { [$0.robot[0], $0.page] }
    return sums { request in
      let isNamed = kept.contains(request.robot[0])
      let isKept = isNamed && keptPages.contains([request.robot[0], request.page].joined(separator: "\u{1F}"))
      return [
        isNamed ? request.robot[0] : "(other)", request.robot[2], isKept ? request.page : "(other)", request.thing.name,
        request.answer.name,
      ]
    }
  }
}

import Hits
import Testing

@testable import Rollups

@Suite struct RobotRollupTests {
  private static let gptBot = "GPTBot\u{1F}OpenAI\u{1F}ai_training\u{1F}claimed"
  private static let feedly = "Feedly\u{1F}Feedly\u{1F}feed_reader\u{1F}claimed"
  private static let news = "NetNewsWire\u{1F}\u{1F}feed_reader\u{1F}claimed"

  private static func counts(_ rollup: RobotRollup, _ dimension: Dimension) -> [String: [Int64]] {
    let rows = rollup.rows(other: "(other)").filter { $0.value.dimension == dimension }
    return Dictionary(
      uniqueKeysWithValues: rows.map { ($0.value.text.replacing("\u{1F}", with: "|"), $0.counts.measures) })
  }

  @Test func addsUpByRobotAndPage() {
    var rollup = RobotRollup()
    func add(_ page: String, _ thing: FetchedThing, _ answer: AnswerKind, _ count: Int64, _ bytes: Int64) {
      rollup.add(.init(robot: Self.gptBot, page: page, thing: thing, answer: answer), .init(count: count, bytes: bytes))
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
      rollup.add(.init(robot: Self.feedly, page: "/feed", reader: reader), requests: 2, subscribers: subscribers)
    }
    for reader in [UInt64(7), 8, 7] {
      rollup.add(.init(robot: Self.news, page: "/feed", reader: reader), requests: 1, subscribers: 0)
    }
    #expect(
      Self.counts(rollup, .feed) == ["/feed|Feedly": [8, 38, 0, 0, 0], "/feed|NetNewsWire": [3, 2, 0, 0, 0]])
  }

  /// Ten thousand made-up names leave the most frequent ones and one row for the rest; nothing is lost.
  @Test func keepsALimitedNumberOfNamesAndPages() {
    var rollup = RobotRollup()
    for index in 0..<10_000 {
      rollup.add(
        .init(robot: "bot\(index)\u{1F}\u{1F}other_bot\u{1F}claimed", page: "/\(index)", thing: .page, answer: .ok),
        .init(count: index == 77 ? 9 : 1, bytes: 1))
    }
    for index in 0..<8_000 {
      rollup.add(.init(robot: Self.gptBot, page: "/p\(index)", thing: .page, answer: .ok), .init(count: 2, bytes: 1))
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
}

import Hits
import Testing

@testable import Sessions

@Suite struct BehaviourTests {
  /// A day on which people load assets: ten of ten visitors with two pages did.
  private static let loadingDay: DayFacts = {
    var facts = DayFacts()
    for _ in 0..<10 { facts.add(hits: views(2), signals: signals(.asset)) }
    return facts
  }()

  private static func views(_ count: Int, every gap: Int32 = 60, pages: Int = .max) -> [TimedHit] {
    (0..<count).map {
      TimedHit(second: Int32($0) * gap, kind: .pageview, page: UInt32($0 % pages), acquisition: 0)
    }
  }

  private static func lost(_ count: Int, pages: Int = .max) -> [TimedHit] {
    (0..<count).map { TimedHit(second: Int32($0), kind: .notFound, page: UInt32(1_000 + $0 % pages), acquisition: 0) }
  }

  private static func signals(_ all: Signal...) -> Signals {
    all.reduce(into: Signals()) { $0.add($1) }
  }

  private static func refusals(_ count: Int) -> Signals {
    (0..<count).reduce(into: Signals()) { sum, _ in sum.add(.refusal) }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var hits: [TimedHit]
    var signals = Signals()
    var verdict: BehaviourRule?
    var testDescription: String { name }
  }

  /// Each threshold from both sides.
  private static let cases = [
    Case(name: "one page", hits: views(1)),
    Case(name: "robots.txt", hits: views(1), signals: signals(.robotsTxt), verdict: .robotsTxt),
    Case(name: "robots.txt in a browser", hits: views(1), signals: signals(.robotsTxt, .asset)),
    Case(name: "a probe that was not a hit", hits: views(1), signals: signals(.probe), verdict: .probes),
    Case(name: "a probe from a browser", hits: views(1), signals: signals(.probe, .asset), verdict: .probes),
    Case(name: "99 a minute", hits: views(99, every: 0, pages: 19)),
    Case(name: "100 a minute", hits: views(100, every: 0).shuffled(), verdict: .rate),
    Case(name: "100 in 59 seconds", hits: views(99, every: 0, pages: 19) + [views(2, every: 59)[1]], verdict: .rate),
    Case(name: "100 in 60 seconds", hits: views(99, every: 0, pages: 19) + [views(2, every: 60)[1]]),
    Case(name: "100 a minute in a browser", hits: views(100, every: 0), signals: signals(.asset)),
    Case(name: "199 an hour of one page", hits: views(199, every: 18, pages: 1)),
    Case(name: "200 an hour of one page", hits: views(200, every: 18, pages: 1), verdict: .onePage),
    Case(name: "200 of one page, slower", hits: views(200, every: 19, pages: 1)),
    Case(name: "200 an hour of two pages", hits: views(200, every: 18, pages: 2)),
    Case(name: "9 lost pages", hits: lost(9)),
    Case(name: "10 lost pages", hits: lost(10), verdict: .errors),
    Case(name: "one lost page 50 times", hits: lost(50, pages: 1)),
    Case(name: "12 lost pages, 3 pages", hits: lost(12) + views(3), verdict: .errors),
    Case(name: "12 lost pages, 4 pages", hits: lost(12) + views(4)),
    Case(name: "4 lost pages, 6 refusals", hits: lost(4) + views(2), signals: refusals(6), verdict: .errors),
    Case(name: "10 lost pages in a browser", hits: lost(10), signals: signals(.asset)),
    Case(name: "19 pages, no assets", hits: views(19)),
    Case(name: "20 pages, no assets", hits: views(20), verdict: .noAssets),
    Case(name: "40 views of 19 pages, no assets", hits: views(40, pages: 19)),
    Case(name: "20 pages with assets", hits: views(20), signals: signals(.asset)),
  ]

  @Test(arguments: cases) func verdictsKeepToTheirThresholds(_ each: Case) {
    let behaviour = Behaviour(rules: .standard, facts: Self.loadingDay, probes: [:])
    #expect(behaviour.verdict(hits: each.hits, signals: each.signals) == each.verdict)
  }

  @Test(arguments: cases) func nobodyIsARobotWithoutRules(_ each: Case) {
    let behaviour = Behaviour(rules: .off, facts: Self.loadingDay, probes: [0: .nobodys, 1_000: .elsewhere])
    #expect(behaviour.verdict(hits: each.hits, signals: each.signals) == nil)
  }

  @Test func probesAmongHitsHangOnTheAnswer() {
    let behaviour = Behaviour(rules: .standard, facts: DayFacts(), probes: [7: .nobodys, 8: .elsewhere])
    func verdict(_ page: UInt32, _ kind: HitKind) -> BehaviourRule? {
      behaviour.verdict(
        hits: [TimedHit(second: 5, kind: kind, page: page, acquisition: 0)], signals: Signals())
    }
    #expect(verdict(7, .pageview) == .probes)
    #expect(verdict(7, .notFound) == .probes)
    #expect(verdict(8, .pageview) == nil)
    #expect(verdict(8, .notFound) == .probes)
    #expect(verdict(9, .notFound) == nil)
  }

  @Test func rulesAboutPartsNeedASiteWhosePeopleLoadThem() {
    let behaviour = Behaviour(rules: .standard, facts: DayFacts(), probes: [:])
    #expect(behaviour.verdict(hits: Self.views(40), signals: Signals()) == nil)
    #expect(behaviour.verdict(hits: Self.views(400, every: 2, pages: 1), signals: Signals()) == nil)
  }

  @Test(arguments: [(9, 0, false), (10, 0, true), (10, 3, true), (10, 4, false), (30, 10, true), (30, 11, false)])
  func peopleLoadPartsWhereThreeInFourDo(_ loading: Int, _ others: Int, _ expected: Bool) {
    var facts = DayFacts()
    for _ in 0..<loading { facts.add(hits: Self.views(2), signals: Self.signals(.asset)) }
    for _ in 0..<others { facts.add(hits: Self.views(3), signals: Self.signals(.robotsTxt)) }
    // A visitor of one page, or of none, does not count.
    for _ in 0..<50 { facts.add(hits: Self.views(1) + Self.lost(5), signals: Signals()) }
    #expect(facts.peopleLoadAssets == expected)
  }
}

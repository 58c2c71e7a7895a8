import Hits
import TestSupport
import Testing

@testable import Sessions

/// What `explain` shows of the rules: figures with their limits, and whether they agree with the verdicts.
@Suite struct FindingsTests {
  private static func views(
    _ count: Int, every gap: Int32 = 60, pages: Int = .max, traits: HitTraits = []
  ) -> [TimedHit] {
    (0..<count).map {
      TimedHit(second: Int32($0) * gap, kind: .pageview, page: UInt32($0 % pages), acquisition: 0, traits: traits)
    }
  }

  private static func lost(_ count: Int) -> [TimedHit] {
    (0..<count).map { TimedHit(second: Int32($0), kind: .notFound, page: UInt32(1_000 + $0), acquisition: 0) }
  }

  private static func signals(_ all: Signal...) -> Signals {
    all.reduce(into: Signals()) { $0.add($1) }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var rule: BehaviourRule
    var hits: [TimedHit]
    var signals = Signals()
    var loading = Loading.people
    var state: BehaviourFinding.State
    /// What is counted, with the number found and the limit.
    var figures: [String] = []
    var testDescription: String { name }
  }

  private static let cases = [
    Case(
      name: "37 in a minute", rule: .rate, hits: views(37, every: 1) + views(5, every: 900), state: .missed,
      figures: ["views 38 of 100", "views_without_link 31 of 200"]),
    Case(
      name: "100 in a minute", rule: .rate, hits: views(100, every: 0), state: .matches,
      figures: ["views 100 of 100", "views_without_link 100 of 200"]),
    Case(
      name: "pictures are counted apart", rule: .rate, hits: views(10) + views(40, every: 0, pages: 1).map(picture),
      state: .missed, figures: ["views 1 of 100", "views_with_pictures 41 of 600", "views_without_link 1 of 200"]),
    Case(
      name: "100 in a minute in a browser", rule: .rate, hits: views(100, every: 0), signals: signals(.asset),
      state: .missed, figures: ["views_without_link 100 of 200"]),
    Case(
      name: "links are no evidence of haste", rule: .rate, hits: views(50, every: 0, traits: .ownReferrer),
      signals: signals(.icon), state: .missed, figures: ["views_without_link 0 of 200"]),
    Case(
      name: "three wrong requests", rule: .errors, hits: lost(2) + views(2), signals: signals(.refusal), state: .missed,
      figures: ["errors 3 of 10", "errors_for_views 3 of 8"]),
    Case(name: "ten wrong requests", rule: .errors, hits: lost(10), state: .matches, figures: ["errors 10 of 10"]),
    Case(
      name: "nine pages", rule: .noAssets, hits: views(20, pages: 9), state: .missed, figures: ["pages 9 of 20"]),
    Case(
      name: "nine pages where it is not known what people do", rule: .noAssets, hits: views(9), loading: .somebody,
      state: .notAsked(.peopleUnknown)),
    Case(
      name: "nine pages in a browser", rule: .noAssets, hits: views(9), signals: signals(.icon),
      state: .notAsked(.loads)),
    Case(
      name: "half an hour of one page", rule: .onePage, hits: views(150, every: 36, pages: 1), state: .missed,
      figures: ["views_of_one_page 100 of 200"]),
    Case(
      name: "a scanner path and a signal of one", rule: .probes, hits: lost(1).map(probe), signals: signals(.probe),
      state: .matches, figures: ["probes 2 of 1"]),
    Case(
      name: "robots.txt", rule: .robotsTxt, hits: views(1), signals: signals(.robotsTxt), state: .matches,
      figures: ["robots_txt 1 of 1"]),
    Case(
      name: "a network", rule: .network, hits: views(1, traits: .suspectNetwork), state: .matches,
      figures: ["suspect_network 1 of 1"]),
    Case(
      name: "an old browser with a referrer", rule: .stale, hits: views(2, traits: .oldBrowser), state: .missed,
      figures: ["old_browser 1 of 1", "no_referrer 0 of 1"]),
    Case(
      name: "an old browser where nobody loads", rule: .stale, hits: views(2, traits: .oldBrowser), loading: .nobody,
      state: .notAsked(.nobodyLoads)),
    Case(name: "no view for a fleet", rule: .fleet, hits: lost(1), state: .notAsked(.viewsNothing)),
    Case(
      name: "a robot is asked for no fleet", rule: .fleet, hits: views(1), signals: signals(.robotsTxt),
      state: .notAsked(.otherRule)),
  ]

  private static func picture(_ hit: TimedHit) -> TimedHit { with(page: 9_001, hit) }
  private static func probe(_ hit: TimedHit) -> TimedHit { with(page: 9_000, hit) }

  private static func with(page: UInt32, _ hit: TimedHit) -> TimedHit {
    var hit = hit
    hit.page = page
    return hit
  }

  private static let pages: NotablePages = {
    var pages = NotablePages()
    pages.note(9_000, Array("/.env".utf8).span)
    pages.note(9_001, Array("/image/12".utf8).span)
    return pages
  }()

  private static let behaviour = Behaviour(rules: .standard, pages: pages)

  private static func findings(_ each: Case) -> [BehaviourFinding] {
    let visitor = behaviour.visitor(hits: each.hits, signals: each.signals)
    return behaviour.findings(on: visitor, loading: each.loading, groups: []) { UInt64($0) }
  }

  @Test(arguments: cases) func figuresAreThoseOfTheRule(_ each: Case) throws {
    let finding = try #require(Self.findings(each).first { $0.rule == each.rule })
    #expect(finding.state == each.state)
    #expect(finding.figures.map { "\($0.measure.rawValue) \($0.found) of \($0.limit)" } == each.figures)
  }

  /// For each number of page views a minute, wrong requests and signals, a rule matches if and only if it is the verdict or
  /// comes after it.
  @Test(arguments: Loading.allCases) func findingsAgreeWithVerdicts(_ loading: Loading) {
    var random = SeededGenerator(seed: 20_261_102)
    for number in 0..<300 {
      let some = Signal.allCases.filter { _ in number % 3 == 0 && Bool.random(using: &random) }
      let traits = HitTraits(rawValue: UInt8.random(in: 0..<32, using: &random))
      let hits =
        Self.views(
          number, every: Int32.random(in: 0..<3, using: &random), pages: Int.random(in: 1..<150, using: &random),
          traits: traits)
        + Self.lost(number % 7 == 0 ? number / 2 : 0)
      let visitor = Self.behaviour.visitor(hits: hits, signals: some.reduce(into: Signals()) { $0.add($1) })
      let verdict = Self.behaviour.verdict(on: visitor, loading: loading) { UInt64($0) }
      let findings = Self.behaviour.findings(on: visitor, loading: loading, groups: []) { UInt64($0) }
      let matching = findings.filter { $0.state == .matches }.map(\.rule)
      #expect(matching.isEmpty == (verdict == nil), "\(number) hits, \(some), \(traits)")
      if let verdict { #expect(matching.contains(verdict), "\(number) hits, \(some), \(traits)") }
    }
  }

  @Test func rulesThatTheSiteExcludesAreNotAsked() {
    let off = Behaviour(rules: .off, pages: Self.pages)
    let visitor = off.visitor(hits: Self.views(300, every: 0), signals: Self.signals(.probe))
    let findings = off.findings(on: visitor, loading: .people, groups: []) { UInt64($0) }
    #expect(findings.map(\.rule) == BehaviourRule.allCases)
    #expect(findings.allSatisfy { $0.state == .notAsked(.excluded) && $0.figures.isEmpty })
  }

  /// The groups of a visitor, with why they are no fleets.
  @Test func groupsTellHowFarTheyAreFromAFleet() {
    let own = Habit(viewsSeveral: true, referrer: .own)
    func groups(_ visitors: Int, loading: Int, people: Int = 60) -> [FleetGroup] {
      var facts = DayFacts()
      facts.add(client: 0, habit: own, DayFacts.Share(visitors: visitors, loading: loading))
      facts.add(client: 1, habit: own, DayFacts.Share(visitors: people, loading: people))
      facts.add(loadingParts: loading + people)
      let search = FleetSearch(facts)
      return search.groups(client: 0, own, among: FleetPages(search).fleets)
    }
    let many = groups(35, loading: 30)
    #expect(many.map(\.kind) == [.habit, .client])
    #expect(many.allSatisfy { $0.obstacle == .loading && $0.share == DayFacts.Share(visitors: 35, loading: 30) })
    #expect(many.map(\.mostLoading) == [1, 1] && many.map(\.fewest) == [20, 20])
    #expect(groups(19, loading: 0).map(\.obstacle) == [.few, .few])
    #expect(groups(40, loading: 0, people: 9).map(\.obstacle) == [.people, .people])
    #expect(groups(40, loading: 2).map(\.kind) == [.client])
    #expect(groups(40, loading: 2).map(\.obstacle) == [nil])
  }
}

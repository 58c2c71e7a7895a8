import Hits
import Testing

@testable import Sessions

@Suite struct BehaviourTests {
  private static func views(
    _ count: Int, every gap: Int32 = 60, pages: Int = .max, traits: HitTraits = []
  ) -> [TimedHit] {
    (0..<count).map {
      TimedHit(second: Int32($0) * gap, kind: .pageview, page: UInt32($0 % pages), acquisition: 0, traits: traits)
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

  /// The pages of a day, of which each has its own stem.
  private static func verdict(
    _ hits: [TimedHit], _ signals: Signals = Signals(), rules: BehaviourRules = .standard,
    pages: NotablePages = NotablePages(), on day: Loading = .people, stem: (UInt32) -> UInt64 = { UInt64($0) }
  ) -> BehaviourRule? {
    let behaviour = Behaviour(rules: rules, pages: pages)
    return behaviour.verdict(on: behaviour.visitor(hits: hits, signals: signals), loading: day, stem: stem)
  }

  @Test(arguments: cases) func verdictsKeepToTheirThresholds(_ each: Case) {
    #expect(Self.verdict(each.hits, each.signals) == each.verdict)
  }

  /// Pages that scanners request, and a picture.
  private static let notable: NotablePages = {
    var pages = NotablePages()
    for (page, path) in [(7, "/.env"), (8, "/wp-login.php"), (9, "/image/12")] as [(UInt32, String)] {
      pages.note(page, Array(path.utf8).span)
    }
    return pages
  }()

  @Test(arguments: cases) func nobodyIsARobotWithoutRules(_ each: Case) {
    #expect(Self.verdict(each.hits, each.signals, rules: .off, pages: Self.notable) == nil)
  }

  @Test func probesAmongHitsHangOnTheAnswer() {
    func verdict(_ page: UInt32, _ kind: HitKind) -> BehaviourRule? {
      Self.verdict(
        [TimedHit(second: 5, kind: kind, page: page, acquisition: 0)], pages: Self.notable, on: .nobody)
    }
    #expect(verdict(7, .pageview) == .probes)
    #expect(verdict(7, .notFound) == .probes)
    #expect(verdict(8, .pageview) == nil)
    #expect(verdict(8, .notFound) == .probes)
    #expect(verdict(9, .notFound) == nil)
  }

  @Test(arguments: [Loading.nobody, .somebody]) func rulesAboutPartsNeedASiteWhosePeopleLoadThem(_ day: Loading) {
    #expect(Self.verdict(Self.views(40), on: day) == nil)
    #expect(Self.verdict(Self.views(400, every: 2, pages: 1), on: day) == nil)
    #expect(Self.verdict(Self.views(2, traits: .suspectNetwork), on: day) == nil)
  }

  @Test func suspectNetworksCountOnlyForThoseWhoLoadNothing() {
    let hits = Self.views(2, traits: .suspectNetwork)
    #expect(Self.verdict(hits) == .network)
    #expect(Self.verdict(hits, Self.signals(.asset)) == nil)
    #expect(Self.verdict(Self.views(2)) == nil)
  }

  @Test func oldBrowsersAreStaleWithoutReferrersAndParts() {
    let hits = Self.views(2, traits: [.oldBrowser, .noReferrer])
    #expect(Self.verdict(hits, on: .somebody) == .stale)
    #expect(Self.verdict(hits, on: .people) == .stale)
    #expect(Self.verdict(hits, on: .nobody) == nil)
    #expect(Self.verdict(hits, Self.signals(.icon)) == nil)
    #expect(Self.verdict(hits + Self.views(1, traits: .oldBrowser)) == nil)
    #expect(Self.verdict(Self.views(2, traits: .noReferrer)) == nil)
  }

  /// What makes a visitor one that was seen loading.
  @Test func copiesIconsAndPicturesAreEvidence() {
    func evidence(_ hits: [TimedHit], _ signals: Signals = Signals()) -> Evidence {
      Evidence(hits: hits, signals: signals, pictures: Self.notable.pictures)
    }
    #expect(!evidence(Self.views(3)).loads)
    #expect(evidence(Self.views(3), Self.signals(.asset)).loadsParts)
    #expect(evidence(Self.views(1, traits: .notModified)).loadsParts)
    let icon = evidence(Self.views(1), Self.signals(.icon))
    #expect(icon.loads && !icon.loadsParts)
    func picture(_ traits: HitTraits) -> [TimedHit] {
      [TimedHit(second: 1, kind: .pageview, page: 9, acquisition: 0, traits: traits)]
    }
    #expect(evidence(picture(.ownReferrer)).loadsParts)
    #expect(!evidence(picture(.noReferrer)).loads)
    #expect(!evidence(picture([])).loads)
  }

  @Test func habitsAreTheBestReferrerAndTheNumberOfViews() {
    func habit(_ hits: [TimedHit]) -> Habit { Evidence(hits: hits, signals: Signals(), pictures: []).habit }
    #expect(habit(Self.views(1, traits: .noReferrer)) == Habit(viewsSeveral: false, referrer: .none))
    #expect(habit(Self.views(2)) == Habit(viewsSeveral: true, referrer: .other))
    let both = Self.views(1, traits: .noReferrer) + Self.views(1, traits: .ownReferrer)
    #expect(habit(both) == Habit(viewsSeveral: true, referrer: .own))
    #expect(habit(Self.views(1, traits: .noReferrer) + Self.views(1)) == Habit(viewsSeveral: true, referrer: .other))
    #expect(Habit.all.map(\.number) == Array(0..<6))
  }
}

/// The rates of `ReadingRate`, from both sides.
@Suite struct ReadingRateTests {
  private static let pictures: Set<UInt32> = [1_000]

  private static func hits(_ count: Int, within seconds: Int, page: UInt32? = nil, traits: HitTraits = []) -> [TimedHit]
  {
    (0..<count).map {
      TimedHit(
        second: Int32($0 * seconds / count), kind: .pageview, page: page ?? UInt32($0), acquisition: 0, traits: traits)
    }
  }

  private func isTooFast(_ hits: [TimedHit], stem: (UInt32) -> UInt64 = { UInt64($0) }) -> Bool {
    ReadingRate(pictures: Self.pictures).isTooFast(hits, stem: stem)
  }

  @Test func picturesAreNoReading() {
    #expect(isTooFast(Self.hits(100, within: 60)))
    #expect(!isTooFast(Self.hits(99, within: 60) + Self.hits(400, within: 60, page: 1_000)))
    #expect(isTooFast(Self.hits(10, within: 60) + Self.hits(600, within: 60, page: 1_000)))
  }

  /// A shop's pages, each followed by twelve things of one kind, as a browser loads them.
  private static func shop(pages: Int, traits: HitTraits = .ownReferrer, delay: Int32 = 1) -> [TimedHit] {
    (0..<pages).flatMap { page in
      let second = Int32(page * 6)
      return [TimedHit(second: second, kind: .pageview, page: UInt32(page), acquisition: 0)]
        + (0..<12).map {
          TimedHit(
            second: second + delay, kind: .pageview, page: UInt32(10_000 + page * 12 + $0), acquisition: 0,
            traits: traits)
        }
    }
  }

  private static func kind(_ page: UInt32) -> UInt64 { page >= 10_000 ? 1 : UInt64(page) + 2 }

  @Test func onePatternBetweenPagesIsNoReading() {
    #expect(!isTooFast(Self.shop(pages: 10), stem: Self.kind))
    #expect(!isTooFast(Self.shop(pages: 10, traits: []), stem: Self.kind))
    // Without the referrer that a browser sends, it is a robot that fetches lists and what they name.
    #expect(isTooFast(Self.shop(pages: 10, traits: .noReferrer), stem: Self.kind))
    // One list and a hundred things are no pages with parts.
    #expect(
      isTooFast(
        Self.hits(120, within: 50).map { hit in
          var hit = hit
          hit.page += 10_000
          return hit
        }, stem: Self.kind))
  }

  @Test func noBrowserViewsTwoHundredPagesInHalfAMinute() {
    let rate = ReadingRate(pictures: Self.pictures)
    #expect(rate.isTooFastForBrowsers(Self.hits(200, within: 30)))
    #expect(!rate.isTooFastForBrowsers(Self.hits(199, within: 30)))
    #expect(!rate.isTooFastForBrowsers(Self.hits(200, within: 40)))
    #expect(!rate.isTooFastForBrowsers(Self.hits(300, within: 30, page: 1_000)))
    #expect(!rate.isTooFastForBrowsers(Self.hits(300, within: 30, traits: .ownReferrer)))
  }
}

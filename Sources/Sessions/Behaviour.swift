import Hits

/// Detects robots by what they did all day: a pure function of one visitor's hits and signals, and of what the day's other
/// visitors did.
///
/// docs/robots.md, "By behaviour", gives the reasons for each number.
public struct Behaviour: Sendable {
  /// A visitor's day.
  public struct Visitor {
    /// All its hits, in any order.
    public let hits: [TimedHit]
    /// Its signals.
    public let signals: Signals
    /// What it did that browsers do.
    public let evidence: Evidence
  }

  /// The number of views of one page within ``onePageWindow`` that nobody reaches by looking again.
  static let onePageViews = 200
  /// In seconds.
  static let onePageWindow: Int32 = 3_600
  /// The number of wrong requests from which on their share matters.
  static let errorsAtLeast = 10
  /// How many wrong requests there must be for each page view.
  static let errorsForOneView = 4
  /// The number of different pages that nobody views without loading a single asset.
  static let pagesWithoutAssets = 20

  private let rules: BehaviourRules
  private let pages: NotablePages

  /// Creates verdicts for one site.
  ///
  /// - Parameters:
  ///   - rules: the rules that the site uses.
  ///   - pages: the pages that tell of their visitors.
  public init(rules: BehaviourRules, pages: NotablePages) {
    self.rules = rules
    self.pages = pages
  }

  /// Whether the site asks for fleets.
  public var findsFleets: Bool { rules.contains(.fleet) }

  /// Returns a visitor with its evidence.
  public func visitor(hits: [TimedHit], signals: Signals) -> Visitor {
    Visitor(
      hits: hits, signals: signals, evidence: Evidence(hits: hits, signals: signals, pictures: pages.pictures))
  }

  /// Returns the first rule that identifies a visitor as a robot; nil for people, and for fleets.
  ///
  /// - Parameters:
  ///   - loading: what the day's other visitors show. With ``Loading/nobody``, the verdict depends on this visitor alone.
  ///   - stem: returns `NotablePages.stem(of:)` of a page's path.
  public func verdict(on visitor: Visitor, loading: Loading, stem: (UInt32) -> UInt64) -> BehaviourRule? {
    let (hits, signals) = (visitor.hits, visitor.signals)
    if rules.contains(.probes), isProbing(hits, signals) { return .probes }
    let rate = ReadingRate(pictures: pages.pictures)
    if rules.contains(.rate), rate.isTooFastForBrowsers(hits) { return .rate }
    // A visitor that loads parts of pages has a browser, and is taken for a person unless there is other evidence.
    if visitor.evidence.loads { return nil }
    if rules.contains(.robotsTxt), signals.contains(.robotsTxt) { return .robotsTxt }
    if rules.contains(.rate), rate.isTooFast(hits, stem: stem) { return .rate }
    if rules.contains(.onePage), loading == .people, hammersOnePage(hits) { return .onePage }
    if rules.contains(.errors), errsOnly(hits, signals) { return .errors }
    if rules.contains(.noAssets), loading == .people, seesManyPages(hits) { return .noAssets }
    if rules.contains(.network), loading == .people, isSuspect(hits) { return .network }
    if rules.contains(.stale), loading >= .somebody, isStale(visitor) { return .stale }
    return nil
  }

  private func isProbing(_ hits: [TimedHit], _ signals: Signals) -> Bool {
    if signals.contains(.probe) { return true }
    guard !pages.probes.isEmpty else { return false }
    return hits.contains { hit in
      guard !hit.kind.isEvent, let kind = pages.probes[hit.page] else { return false }
      return kind == .nobodys || hit.kind == .notFound
    }
  }

  private func hammersOnePage(_ hits: [TimedHit]) -> Bool {
    guard hits.count >= Self.onePageViews else { return false }
    let views = Dictionary(grouping: hits.filter { $0.kind == .pageview }, by: \.page)
    return views.values.contains {
      ReadingRate.anyWindow(of: Self.onePageWindow, in: $0, holds: Self.onePageViews)
    }
  }

  /// A missing page counts once, however often it was requested, because some pages retry automatically.
  private func errsOnly(_ hits: [TimedHit], _ signals: Signals) -> Bool {
    guard hits.count + Int(signals.refusals) >= Self.errorsAtLeast else { return false }
    let errors = Set(hits.filter { $0.kind == .notFound }.map(\.page)).count + Int(signals.refusals)
    let views = hits.count { $0.kind == .pageview }
    return errors >= Self.errorsAtLeast && errors >= views * Self.errorsForOneView
  }

  /// Pictures are no pages, and one alone without its page is no evidence of a browser.
  private func seesManyPages(_ hits: [TimedHit]) -> Bool {
    guard hits.count >= Self.pagesWithoutAssets else { return false }
    let views = hits.lazy.filter { $0.kind == .pageview && !pages.pictures.contains($0.page) }
    return Set(views.map(\.page)).count >= Self.pagesWithoutAssets
  }

  private func isSuspect(_ hits: [TimedHit]) -> Bool {
    hits.contains { $0.traits.contains(.suspectNetwork) }
  }

  private func isStale(_ visitor: Visitor) -> Bool {
    visitor.evidence.habit.referrer == .none && visitor.hits.contains { $0.traits.contains(.oldBrowser) }
  }
}

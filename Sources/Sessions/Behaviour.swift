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

  let rules: BehaviourRules
  let pages: NotablePages

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
    if rules.contains(.probes), isProbing(visitor) { return .probes }
    if rules.contains(.rate), rate.isTooFastForBrowsers(visitor.hits) { return .rate }
    // A visitor that loads parts of pages has a browser, and is taken for a person unless there is other evidence.
    if visitor.evidence.loads { return nil }
    if rules.contains(.robotsTxt), visitor.signals.contains(.robotsTxt) { return .robotsTxt }
    if rules.contains(.rate), rate.isTooFast(visitor.hits, stem: stem) { return .rate }
    if asks(.onePage, loading), hammersOnePage(visitor) { return .onePage }
    if rules.contains(.errors), errsOnly(visitor) { return .errors }
    if asks(.noAssets, loading), seesManyPages(visitor) { return .noAssets }
    if asks(.network, loading), isSuspect(visitor) { return .network }
    if asks(.stale, loading), isStale(visitor) { return .stale }
    return nil
  }

  /// Whether the site asks a rule on such a day.
  private func asks(_ rule: BehaviourRule, _ loading: Loading) -> Bool {
    rules.contains(rule) && loading >= Self.needed(by: rule)
  }

  /// What a day must show about loading before a rule is asked.
  static func needed(by rule: BehaviourRule) -> Loading {
    switch rule {
    case .onePage, .noAssets, .network: .people
    case .stale, .fleet: .somebody
    case .probes, .robotsTxt, .rate, .errors: .nobody
    }
  }

  var rate: ReadingRate { ReadingRate(pictures: pages.pictures) }

  func isProbing(_ visitor: Visitor) -> Bool {
    visitor.signals.contains(.probe) || !pages.probes.isEmpty && visitor.hits.contains(where: isProbe)
  }

  /// Whether a hit requests a path that only scanners request.
  func isProbe(_ hit: TimedHit) -> Bool {
    guard !hit.kind.isEvent, let kind = pages.probes[hit.page] else { return false }
    return kind == .nobodys || hit.kind == .notFound
  }

  func hammersOnePage(_ visitor: Visitor) -> Bool {
    visitor.hits.count >= Self.onePageViews
      && viewsByPage(visitor).values.contains {
        ReadingRate.has(Self.onePageViews, of: $0, within: Self.onePageWindow)
      }
  }

  /// The highest number of views of one page within the window.
  func mostViewsOfOnePage(_ visitor: Visitor) -> Int {
    viewsByPage(visitor).values.lazy.map { ReadingRate.most(of: $0, within: Self.onePageWindow) }.max() ?? 0
  }

  private func viewsByPage(_ visitor: Visitor) -> [UInt32: [TimedHit]] {
    Dictionary(grouping: visitor.hits.filter { $0.kind == .pageview }, by: \.page)
  }

  func errsOnly(_ visitor: Visitor) -> Bool {
    guard visitor.hits.count + Int(visitor.signals.refusals) >= Self.errorsAtLeast else { return false }
    let errors = errors(of: visitor)
    return errors >= Self.errorsAtLeast && errors >= visitor.evidence.views * Self.errorsForOneView
  }

  /// The number of wrong requests. A missing page counts once, however often it was requested, because some pages retry
  /// automatically.
  func errors(of visitor: Visitor) -> Int {
    Set(visitor.hits.filter { $0.kind == .notFound }.map(\.page)).count + Int(visitor.signals.refusals)
  }

  func seesManyPages(_ visitor: Visitor) -> Bool {
    visitor.hits.count >= Self.pagesWithoutAssets && differentPages(of: visitor) >= Self.pagesWithoutAssets
  }

  /// The number of different pages viewed. Pictures are no pages, and one alone without its page is no evidence of a browser.
  func differentPages(of visitor: Visitor) -> Int {
    let views = visitor.hits.lazy.filter { $0.kind == .pageview && !$0.isPicture(among: pages.pictures) }
    return Set(views.map(\.page)).count
  }

  func isSuspect(_ visitor: Visitor) -> Bool {
    visitor.hits.contains { $0.traits.contains(.suspectNetwork) }
  }

  func isStale(_ visitor: Visitor) -> Bool {
    visitor.evidence.habit.referrer == .none && hasOldBrowser(visitor)
  }

  func hasOldBrowser(_ visitor: Visitor) -> Bool {
    visitor.hits.contains { $0.traits.contains(.oldBrowser) }
  }
}

import Hits

// What the rules found, for `footfall explain`. Each number comes from the function that the verdict compares.
extension Behaviour {
  private typealias Figure = BehaviourFinding.Figure

  /// Returns what each rule found of a visitor's day, in the order of the rules.
  ///
  /// - Parameters:
  ///   - groups: the groups of the visitor that may be fleets.
  ///   - stem: returns `NotablePages.stem(of:)` of a page's path.
  public func findings(
    on visitor: Visitor, loading: Loading, groups: [FleetGroup], stem: (UInt32) -> UInt64
  ) -> [BehaviourFinding] {
    var isRobot = false
    return BehaviourRule.allCases.map { rule in
      let reason = reasonNotToAsk(rule, visitor, loading) ?? (rule == .fleet && isRobot ? .otherRule : nil)
      if let reason { return BehaviourFinding(rule: rule, state: .notAsked(reason), figures: [], groups: []) }
      let groups = rule == .fleet ? groups : []
      let matches = rule == .fleet ? groups.contains { $0.obstacle == nil } : self.matches(rule, visitor, stem)
      if matches { isRobot = true }
      return BehaviourFinding(
        rule: rule, state: matches ? .matches : .missed, figures: figures(rule, visitor, stem), groups: groups)
    }
  }

  private func reasonNotToAsk(
    _ rule: BehaviourRule, _ visitor: Visitor, _ loading: Loading
  ) -> BehaviourFinding.Reason? {
    if !rules.contains(rule) { return .excluded }
    if visitor.evidence.loads, rule != .probes, rule != .rate { return .loads }
    if loading < Self.needed(by: rule) { return Self.needed(by: rule) == .people ? .peopleUnknown : .nobodyLoads }
    return rule == .fleet && !visitor.evidence.viewsPages ? .viewsNothing : nil
  }

  /// Whether a rule that was asked matches, whatever the others say.
  private func matches(_ rule: BehaviourRule, _ visitor: Visitor, _ stem: (UInt32) -> UInt64) -> Bool {
    switch rule {
    case .probes: isProbing(visitor)
    case .robotsTxt: visitor.signals.contains(.robotsTxt)
    case .rate:
      rate.isTooFastForBrowsers(visitor.hits) || !visitor.evidence.loads && rate.isTooFast(visitor.hits, stem: stem)
    case .onePage: hammersOnePage(visitor)
    case .errors: errsOnly(visitor)
    case .noAssets: seesManyPages(visitor)
    case .network: isSuspect(visitor)
    case .stale: isStale(visitor)
    case .fleet: false
    }
  }

  private func figures(_ rule: BehaviourRule, _ visitor: Visitor, _ stem: (UInt32) -> UInt64) -> [Figure] {
    func figure(_ measure: Figure.Measure, _ found: Int, of limit: Int, within seconds: Int32? = nil) -> Figure {
      Figure(measure: measure, found: found, limit: limit, seconds: seconds.map(Int.init))
    }
    func fact(_ measure: Figure.Measure, _ holds: Bool) -> Figure { figure(measure, holds ? 1 : 0, of: 1) }
    let (hits, signals) = (visitor.hits, visitor.signals)
    switch rule {
    case .probes:
      return [figure(.probes, Set(hits.filter(isProbe).map(\.page)).count + (signals.contains(.probe) ? 1 : 0), of: 1)]
    case .robotsTxt: return [fact(.robotsTxt, signals.contains(.robotsTxt))]
    case .rate: return rates(visitor, stem)
    case .onePage:
      return [figure(.viewsOfOnePage, mostViewsOfOnePage(visitor), of: Self.onePageViews, within: Self.onePageWindow)]
    case .errors:
      let (errors, views) = (errors(of: visitor), visitor.evidence.views)
      let found = [figure(.errors, errors, of: Self.errorsAtLeast)]
      return views == 0 ? found : found + [figure(.errorsForViews, errors, of: views * Self.errorsForOneView)]
    case .noAssets: return [figure(.pages, differentPages(of: visitor), of: Self.pagesWithoutAssets)]
    case .network: return [fact(.suspectNetwork, isSuspect(visitor))]
    case .stale:
      return [fact(.oldBrowser, hasOldBrowser(visitor)), fact(.noReferrer, visitor.evidence.habit.referrer == .none)]
    case .fleet: return []
    }
  }

  /// Who loads parts is only too fast for a browser.
  private func rates(_ visitor: Visitor, _ stem: (UInt32) -> UInt64) -> [Figure] {
    let (most, window) = (rate.most(of: visitor.hits, stem: stem), Int(ReadingRate.window))
    var figures: [Figure] = []
    if !visitor.evidence.loads {
      figures.append(Figure(measure: .views, found: most.pages, limit: ReadingRate.views, seconds: window))
      if most.withPictures > most.pages {
        figures.append(
          Figure(
            measure: .viewsWithPictures, found: most.withPictures, limit: ReadingRate.viewsWithPictures,
            seconds: window))
      }
    }
    figures.append(
      Figure(
        measure: .viewsWithoutLink, found: rate.mostWithoutLink(of: visitor.hits), limit: ReadingRate.viewsOfNoBrowser,
        seconds: Int(ReadingRate.shortWindow)))
    return figures
  }
}

import Hits

/// Detects robots by what they did all day: a pure function of one visitor's hits and signals and of the day's facts.
///
/// docs/robots.md, "By behaviour", gives the reasons for each number.
public struct Behaviour: Sendable {
  /// The number of page views within ``rateWindow`` that nobody reaches by reading.
  static let rateViews = 100
  /// In seconds.
  static let rateWindow: Int32 = 60
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
  private let facts: DayFacts
  private let probes: [UInt32: ProbePaths.Kind]

  /// Creates verdicts for one day of one site.
  ///
  /// - Parameters:
  ///   - rules: the rules that the site uses.
  ///   - facts: the facts about all visitors of the day.
  ///   - probes: the symbols of pages that scanners request.
  public init(rules: BehaviourRules, facts: DayFacts, probes: [UInt32: ProbePaths.Kind]) {
    self.rules = rules
    self.facts = facts
    self.probes = probes
  }

  /// Returns the first rule that identifies a visitor as a robot; nil for people.
  ///
  /// - Parameter hits: all hits of the visitor's day, in any order.
  public func verdict(hits: [TimedHit], signals: Signals) -> BehaviourRule? {
    if rules.contains(.probes), isProbing(hits, signals) { return .probes }
    // A visitor that loads assets has a browser, and is taken for a person unless there is other evidence.
    if signals.contains(.asset) { return nil }
    if rules.contains(.robotsTxt), signals.contains(.robotsTxt) { return .robotsTxt }
    if rules.contains(.rate), isTooFast(hits) { return .rate }
    if rules.contains(.onePage), facts.peopleLoadAssets, hammersOnePage(hits) { return .onePage }
    if rules.contains(.errors), errsOnly(hits, signals) { return .errors }
    if rules.contains(.noAssets), facts.peopleLoadAssets, seesManyPages(hits) { return .noAssets }
    return nil
  }

  private func isProbing(_ hits: [TimedHit], _ signals: Signals) -> Bool {
    if signals.contains(.probe) { return true }
    guard !probes.isEmpty else { return false }
    return hits.contains { hit in
      guard !hit.kind.isEvent, let kind = probes[hit.page] else { return false }
      return kind == .nobodys || hit.kind == .notFound
    }
  }

  private func isTooFast(_ hits: [TimedHit]) -> Bool {
    guard hits.count >= Self.rateViews else { return false }
    let seconds = hits.filter { $0.kind == .pageview }.map(\.second).sorted()
    return Self.anyWindow(of: Self.rateWindow, in: seconds, holds: Self.rateViews)
  }

  private func hammersOnePage(_ hits: [TimedHit]) -> Bool {
    guard hits.count >= Self.onePageViews else { return false }
    let views = Dictionary(grouping: hits.filter { $0.kind == .pageview }, by: \.page)
    return views.values.contains { hits in
      Self.anyWindow(of: Self.onePageWindow, in: hits.map(\.second).sorted(), holds: Self.onePageViews)
    }
  }

  /// A missing page counts once, however often it was requested, because some pages retry automatically.
  private func errsOnly(_ hits: [TimedHit], _ signals: Signals) -> Bool {
    guard hits.count + Int(signals.refusals) >= Self.errorsAtLeast else { return false }
    let errors = Set(hits.filter { $0.kind == .notFound }.map(\.page)).count + Int(signals.refusals)
    let views = hits.count { $0.kind == .pageview }
    return errors >= Self.errorsAtLeast && errors >= views * Self.errorsForOneView
  }

  private func seesManyPages(_ hits: [TimedHit]) -> Bool {
    guard hits.count >= Self.pagesWithoutAssets else { return false }
    return Set(hits.filter { $0.kind == .pageview }.map(\.page)).count >= Self.pagesWithoutAssets
  }

  /// Whether the sorted `seconds` contain at least `count` within some window of `length` seconds.
  private static func anyWindow(of length: Int32, in seconds: [Int32], holds count: Int) -> Bool {
    guard seconds.count >= count else { return false }
    return (0...seconds.count - count).contains { seconds[$0 + count - 1] - seconds[$0] < length }
  }
}

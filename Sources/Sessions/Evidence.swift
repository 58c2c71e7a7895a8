import Hits

/// What a visitor did that a browser does, and a program that only fetches pages does not.
public struct Evidence: Equatable, Sendable {
  /// Whether it loaded a part of a page: an asset, a picture of the site's own page, or a page that it had a copy of (304).
  public private(set) var loadsParts: Bool
  /// Whether it did, or loaded the icon that browsers request by themselves: it was *seen loading*.
  public private(set) var loads: Bool
  /// Whether it viewed a page. Only such visitors are compared.
  public private(set) var viewsPages: Bool
  /// What visitors are compared by.
  public private(set) var habit: Habit

  /// Reads the evidence of a visitor's day.
  ///
  /// - Parameters:
  ///   - hits: all hits of the day, in any order.
  ///   - pictures: the symbols of pages that are pictures without an extension.
  public init(hits: [TimedHit], signals: Signals, pictures: Set<UInt32>) {
    var views = 0
    var isLoading = signals.contains(.asset)
    var any: HitTraits = []
    var every = HitTraits.all
    for hit in hits {
      if hit.kind == .pageview { views += 1 }
      any.formUnion(hit.traits)
      every.formIntersection(hit.traits)
      if !pictures.isEmpty, hit.traits.contains(.ownReferrer), pictures.contains(hit.page) { isLoading = true }
    }
    viewsPages = views > 0
    loadsParts = isLoading || any.contains(.notModified)
    loads = loadsParts || signals.contains(.icon)
    let referrer: Habit.Referrer =
      any.contains(.ownReferrer) ? .own : !hits.isEmpty && every.contains(.noReferrer) ? .none : .other
    habit = Habit(viewsSeveral: views > 1, referrer: referrer)
  }
}

/// The facts by which visitors are compared: those that do the same should load the same.
public struct Habit: Hashable, Sendable {
  /// The best referrer that a visitor sent.
  public enum Referrer: UInt8, CaseIterable, Sendable {
    /// None, although the log would tell.
    case none
    /// Another site, or the log does not tell.
    case other
    /// A page of the site itself.
    case own
  }

  /// Whether it viewed more than one page.
  public let viewsSeveral: Bool
  /// The best referrer that it sent.
  public let referrer: Referrer

  /// Bundles facts.
  public init(viewsSeveral: Bool, referrer: Referrer) {
    self.viewsSeveral = viewsSeveral
    self.referrer = referrer
  }

  /// All combinations, in the order of their numbers.
  public static let all = [false, true].flatMap { several in
    Referrer.allCases.map { Habit(viewsSeveral: several, referrer: $0) }
  }

  /// The number of the combination, from 0.
  public var number: Int { (viewsSeveral ? Referrer.allCases.count : 0) + Int(referrer.rawValue) }
}

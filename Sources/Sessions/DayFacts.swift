import Hits

/// What holds for a site's visitors of one day, those left out that are robots by themselves, and a verdict on one of them
/// must know.
public struct DayFacts: Equatable, Sendable {
  /// How many visitors saw more than one page view.
  public private(set) var returning = 0
  /// How many of them loaded parts of pages.
  public private(set) var loading = 0

  /// A day without visitors.
  public init() {}

  /// Facts as they were counted elsewhere.
  public init(returning: Int, loading: Int) {
    self.returning = returning
    self.loading = loading
  }

  /// Adds the facts of other visitors of the day.
  public static func += (left: inout DayFacts, right: DayFacts) {
    left.returning += right.returning
    left.loading += right.loading
  }

  /// Adds a visitor with all its hits and signals of the day.
  public mutating func add(hits: [TimedHit], signals: Signals) {
    var views = 0
    for hit in hits where hit.kind == .pageview {
      views += 1
      if views == 2 { break }
    }
    guard views == 2 else { return }
    returning += 1
    if signals.contains(.asset) { loading += 1 }
  }

  /// Whether people who see the site load parts of its pages, and the log holds it: at least ten visitors of several page
  /// views did, and at least three in four.
  public var peopleLoadAssets: Bool { loading >= 10 && loading * 4 >= returning * 3 }
}

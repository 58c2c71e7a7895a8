import Hits

/// The facts about a site's visitors of one day that a verdict on one of them needs. They exclude visitors that are
/// robots regardless of these facts.
public struct DayFacts: Equatable, Sendable {
  /// The number of visitors with more than one page view.
  public private(set) var returning = 0
  /// The number of these visitors that loaded assets.
  public private(set) var loading = 0

  /// Creates the facts of a day without visitors.
  public init() {}

  /// Creates facts that were counted elsewhere.
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

  /// Whether people who visit the site load its assets and the log contains these requests: at least ten visitors
  /// with several page views did, and at least three in four.
  public var peopleLoadAssets: Bool { loading >= 10 && loading * 4 >= returning * 3 }
}

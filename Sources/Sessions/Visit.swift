import Hits

/// One visit: hits of a visitor with no gap of more than half an hour between them.
///
/// Contains indices into the visitor's hits, not copies.
public struct Visit: Equatable, Sendable {
  /// The indices of the visit's page views and events within the visitor's hits.
  public var hits: Range<Int>
  /// The number of page views among them.
  public var pageviews: Int
  /// Seconds from the first hit to the last.
  public var duration: Int
  /// The index of the first page view; nil for a visit of events only.
  public var entry: Int?
  /// The index of the last page view; nil for a visit of events only.
  public var exit: Int?

  /// Whether the visit is one page view and nothing else.
  public var isBounce: Bool { pageviews == 1 && hits.count == 1 }
}

/// The measures of one value of a dimension on one day.
public struct Counts: Equatable, Sendable {
  /// Page views. In their own dimensions, the number of events, of requests for missing pages, or of requests of robots.
  public var pageviews: Int64 = 0
  /// Distinct visitors of the day. For feeds, their readers.
  public var visitors: Int64 = 0
  /// Visits.
  public var visits: Int64 = 0
  /// Visits of one page view and no event.
  public var bounces: Int64 = 0
  /// Seconds spent. For robots, the bytes sent to them.
  public var seconds: Int64 = 0

  /// Creates counts of zero.
  public init() {}

  /// Page views, visitors, visits, bounces and seconds, in the order in which they are stored.
  public var measures: [Int64] { [pageviews, visitors, visits, bounces, seconds] }

  /// Adds other counts.
  public static func += (left: inout Counts, right: Counts) {
    left.pageviews += right.pageviews
    left.visitors += right.visitors
    left.visits += right.visits
    left.bounces += right.bounces
    left.seconds += right.seconds
  }
}

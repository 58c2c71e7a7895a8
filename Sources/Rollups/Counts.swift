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
  /// How many of the visitors were seen loading parts of pages; 0 for robots by name. Nil if some of the days were counted
  /// by rules that did not ask.
  public var seenLoading: Int64? = 0

  /// Creates counts of zero.
  public init() {}

  /// Creates the counts of requests of robots.
  ///
  /// - Parameter readers: for feeds, those who read.
  public init(requests: RobotRequests, readers: Int64 = 0) {
    pageviews = requests.count
    seconds = requests.bytes
    visitors = readers
  }

  /// Page views, visitors, visits, bounces, seconds and visitors seen loading, in the order in which they are stored.
  public var measures: [Int64] { [pageviews, visitors, visits, bounces, seconds, seenLoading ?? 0] }

  /// The number of ``measures``.
  public static let measureCount = 6

  /// Adds other counts.
  public static func += (left: inout Counts, right: Counts) {
    left.pageviews += right.pageviews
    left.visitors += right.visitors
    left.visits += right.visits
    left.bounces += right.bounces
    left.seconds += right.seconds
    left.seenLoading = left.seenLoading.flatMap { own in right.seenLoading.map { own + $0 } }
  }
}

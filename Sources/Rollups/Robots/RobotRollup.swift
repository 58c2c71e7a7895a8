import ByteScanning
import Hits

/// The statistics of the robots of one day of one site: a pure function of their requests, in any order.
///
/// Robots choose their names and what they ask for, so a day keeps a limited number of both; the rest is added up.
public struct RobotRollup: Sendable {
  /// How many robots a day keeps: those with most requests.
  public static let robotsPerDay = 500
  /// How many pages of robots a day keeps: those with most requests.
  public static let pagesPerDay = 5_000

  /// Requests that have everything in common.
  struct Entry: Sendable {
    var robot: UInt32
    var page: UInt32
    var thing: FetchedThing
    var answer: AnswerKind
    var sum: RobotRequests
  }

  /// Requests of one reader for one feed.
  struct FeedEntry: Sendable {
    var robot: UInt32
    var page: UInt32
    /// Which of those that fetch by this name: a person's program, or an id of an aggregator.
    var reader: UInt64
    var requests: Int64
    /// The number of subscribers that an aggregator says it has; 0 for a program.
    var subscribers: UInt32
  }

  /// Name, operator, class and identity of robots, joined; entries refer to them by number.
  private(set) var robots = SymbolTable()
  /// The pathnames.
  private(set) var pages = SymbolTable()
  private(set) var entries: [Entry] = []
  private(set) var feeds: [FeedEntry] = []

  /// Creates a day without robots.
  public init() {}

  /// Returns the number of a robot, by which its requests are added.
  ///
  /// - Parameter text: name, operator, class and identity, joined.
  public mutating func number(ofRobot text: Span<UInt8>) -> UInt32 { robots.intern(text, 0..<text.count) }

  /// Returns the number of a pathname, by which requests for it are added.
  public mutating func number(ofPage text: Span<UInt8>) -> UInt32 { pages.intern(text, 0..<text.count) }

  /// Adds requests of a robot for a page.
  public mutating func add(
    robot: UInt32, page: UInt32, thing: FetchedThing, answer: AnswerKind, _ sum: RobotRequests
  ) {
    entries.append(Entry(robot: robot, page: page, thing: thing, answer: answer, sum: sum))
  }

  /// Adds a reader's requests for a feed. An aggregator's highest number of subscribers counts.
  public mutating func add(robot: UInt32, feed: UInt32, reader: UInt64, requests: Int64, subscribers: UInt32) {
    feeds.append(FeedEntry(robot: robot, page: feed, reader: reader, requests: requests, subscribers: subscribers))
  }

  /// The rows of the day, or nil if there are none.
  ///
  /// - Parameter other: the text of the name, or of the page, that takes the counts of the rest.
  public func rows(other: String) -> RobotRows? {
    entries.isEmpty ? nil : RobotRows(self, other: other)
  }

  /// Calls `body` with the counts of each value of ``Dimension/robotClass``, ``Dimension/robot``,
  /// ``Dimension/robotPage`` and ``Dimension/feed``, each once, as texts.
  ///
  /// - Parameter other: the text of the name, or of the page, that takes the counts of the rest.
  public func forEachRow(
    other: String, _ body: (_ dimension: Dimension, _ value: Span<UInt8>, _ counts: Counts) throws -> Void
  ) rethrows {
    guard var rows = rows(other: other) else { return }
    try rows.forEachText(body)
    var pages: [RobotRows.Page] = []
    rows.forEachPage { pages.append($0) }
    for page in pages {
      try rows.withText(of: page) { try body(.robotPage, $0, Counts(requests: page.sum)) }
    }
  }
}

/// A number of robots' requests, and the bytes sent for them.
public struct RobotRequests: Equatable, Sendable {
  /// The number of requests.
  public var count: Int64
  /// The bytes sent.
  public var bytes: Int64

  /// Bundles the values.
  public init(count: Int64, bytes: Int64) {
    self.count = count
    self.bytes = bytes
  }

  /// Adds other requests. Sums that no log has, as of a damaged database, wrap around.
  @inlinable
  public static func += (left: inout RobotRequests, right: RobotRequests) {
    left.count &+= right.count
    left.bytes &+= right.bytes
  }
}

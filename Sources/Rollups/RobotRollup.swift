import Hits

/// The statistics of the robots of one day of one site: a pure function of their requests, in any order.
///
/// Robots choose their names and what they ask for, so a day keeps a limited number of both; the rest is added up.
public struct RobotRollup: Sendable {
  /// A robot's requests that have all of this in common.
  public struct Key: Hashable, Sendable {
    /// Name, operator, class and identity, joined.
    public var robot: String
    /// The pathname.
    public var page: String
    /// What was fetched.
    public var thing: FetchedThing
    /// What was answered.
    public var answer: AnswerKind

    /// Bundles the values.
    public init(robot: String, page: String, thing: FetchedThing, answer: AnswerKind) {
      self.robot = robot
      self.page = page
      self.thing = thing
      self.answer = answer
    }
  }

  /// Requests and the bytes sent for them.
  public struct Requests: Equatable, Sendable {
    /// The number of requests.
    public var count: Int64
    /// The bytes sent.
    public var bytes: Int64

    /// Bundles the values.
    public init(count: Int64, bytes: Int64) {
      self.count = count
      self.bytes = bytes
    }

    /// Adds other requests.
    public static func += (left: inout Requests, right: Requests) {
      left.count += right.count
      left.bytes += right.bytes
    }
  }

  /// The reader of a feed.
  public struct FeedKey: Hashable, Sendable {
    /// Name, operator, class and identity, joined.
    public var robot: String
    /// The feed's pathname.
    public var page: String
    /// Which of those that fetch by this name: a person's program, or an id of an aggregator.
    public var reader: UInt64

    /// Bundles the values.
    public init(robot: String, page: String, reader: UInt64) {
      self.robot = robot
      self.page = page
      self.reader = reader
    }
  }

  /// How many robots a day keeps: those with most requests.
  public static let robotsPerDay = 500
  /// How many pages of robots a day keeps: those with most requests.
  public static let pagesPerDay = 5_000

  private var requests: [Key: Requests] = [:]
  private var feeds: [FeedKey: (requests: Int64, subscribers: UInt32)] = [:]

  /// Creates a day without robots.
  public init() {}

  /// Adds requests.
  public mutating func add(_ key: Key, _ more: Requests) {
    requests[key, default: Requests(count: 0, bytes: 0)] += more
  }

  /// Adds a reader's requests for a feed. An aggregator's highest number of subscribers counts.
  public mutating func add(_ key: FeedKey, requests: Int64, subscribers: UInt32) {
    let known = feeds[key] ?? (0, 0)
    feeds[key] = (known.requests + requests, max(known.subscribers, subscribers))
  }

  /// Returns the counts of all values of ``Dimension/robotClass``, ``Dimension/robot``, ``Dimension/robotPage`` and
  /// ``Dimension/feed``, in no particular order.
  ///
  /// - Parameter other: the text of the name, or of the page, that takes the counts of the rest.
  public func rows(other: String) -> [(value: PartialDay.Value, counts: Counts)] {
    // Few robots send many requests, so each is taken apart once.
    let parts = Dictionary(
      Set(requests.keys.map(\.robot)).union(feeds.keys.map(\.robot)).map { ($0, Self.parts(of: $0)) },
      uniquingKeysWith: { first, _ in first })
    let robots = requests.map { key, sum in (parts: parts[key.robot] ?? [], key: key, sum: sum) }
    let names = Self.most(Self.robotsPerDay, of: robots.lazy.map { ($0.parts[0], $0.sum.count) })
    let pages = Self.most(
      Self.pagesPerDay, of: robots.lazy.map { (Self.joined([$0.parts[0], $0.key.page]), $0.sum.count) })
    var rows: [PartialDay.Value: Counts] = [:]
    func add(_ dimension: Dimension, _ parts: [String], _ sum: Requests) {
      let value = PartialDay.Value(dimension: dimension, text: Self.joined(parts))
      rows[value, default: Counts()] += Counts(requests: sum.count, bytes: sum.bytes)
    }
    for (parts, key, sum) in robots {
      add(.robotClass, [parts[2]], Requests(count: sum.count, bytes: 0))
      let isNamed = names?.contains(parts[0]) ?? true
      let (name, owner) = isNamed ? (parts[0], parts[1]) : (other, "")
      add(.robot, [name, owner, parts[2], parts[3], key.thing.name, key.answer.name], sum)
      let page = isNamed && pages?.contains(Self.joined([parts[0], key.page])) ?? true ? key.page : other
      add(.robotPage, [name, parts[2], page, key.thing.name, key.answer.name], sum)
    }
    // One name may come with several operators or identities, and is the same reader.
    var readers: [FeedKey: (requests: Int64, subscribers: UInt32)] = [:]
    for (key, sum) in feeds {
      let ofName = FeedKey(robot: parts[key.robot]?[0] ?? "", page: key.page, reader: key.reader)
      let known = readers[ofName] ?? (0, 0)
      readers[ofName] = (known.requests + sum.requests, max(known.subscribers, sum.subscribers))
    }
    for (key, sum) in readers {
      let isNamed = names?.contains(key.robot) ?? true
      let value = PartialDay.Value(dimension: .feed, text: Self.joined([key.page, isNamed ? key.robot : other]))
      rows[value, default: Counts()] += Counts(
        requests: sum.requests, readers: sum.subscribers == 0 ? 1 : Int64(sum.subscribers))
    }
    return rows.map { ($0.key, $0.value) }
  }

  /// Returns the values with most requests, the first ones in order among equals; nil if there are no more than `cap`.
  private static func most(_ cap: Int, of values: some Sequence<(String, Int64)>) -> Set<String>? {
    var sums: [String: Int64] = [:]
    for (value, count) in values { sums[value, default: 0] += count }
    guard sums.count > cap else { return nil }
    let ranked = sums.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    return Set(ranked.prefix(cap).map(\.key))
  }

  private static let separator = String(decoding: [HitBatch.separator], as: UTF8.self)

  /// Joins the parts of a value.
  static func joined(_ parts: [String]) -> String { parts.joined(separator: separator) }

  /// Returns the parts of a robot: name, operator, class and identity.
  private static func parts(of robot: String) -> [String] {
    let parts = HitBatch.parts(of: robot)
    return parts + [String](repeating: "", count: max(0, 4 - parts.count))
  }
}

extension Counts {
  fileprivate init(requests: Int64, bytes: Int64 = 0, readers: Int64 = 0) {
    self.init()
    pageviews = requests
    seconds = bytes
    visitors = readers
  }
}

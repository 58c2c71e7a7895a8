import GRDB
import Hits
import Rollups

/// What robots did, read from the statistics of days.
extension SiteStatistics {
  /// A robot's requests of one kind.
  public struct RobotRow: Equatable, Sendable {
    /// The name.
    public var name: String
    /// Who runs it; empty if unknown.
    public var `operator`: String
    /// The name of its class.
    public var kind: String
    /// The name of its identity.
    public var identity: String
    /// What was fetched, by name.
    public var thing: String
    /// What was answered, by name.
    public var answer: String
    /// The number of requests.
    public var requests: Int64
    /// The bytes sent.
    public var bytes: Int64
  }

  /// A robot's requests for one page.
  public struct RobotPageRow: Equatable, Sendable {
    /// The name of the robot.
    public var name: String
    /// The name of its class.
    public var kind: String
    /// The pathname; ``StatsStore/otherValues`` for pages beyond those that a day keeps.
    public var page: String
    /// What is there, by name.
    public var thing: String
    /// What was answered, by name.
    public var answer: String
    /// The number of requests.
    public var requests: Int64
  }

  /// The readers of a feed on one day.
  public struct FeedRow: Equatable, Sendable {
    /// The feed's pathname.
    public var page: String
    /// The name of the program or aggregator.
    public var reader: String
    /// The number of requests.
    public var requests: Int64
    /// The number of readers.
    public var readers: Int64
  }

  /// Calls `body` with what each robot did on each day, in the order of days.
  public func forEachRobot(in days: ClosedRange<Int32>, _ body: (Int32, RobotRow) throws -> Void) throws {
    try forEach(.robot, in: days, parts: 6) { day, parts, counts in
      try body(
        day,
        RobotRow(
          name: parts[0], operator: parts[1], kind: parts[2], identity: parts[3], thing: parts[4], answer: parts[5],
          requests: counts.pageviews, bytes: counts.seconds))
    }
  }

  /// Calls `body` with the pages that each robot asked for on each day, in the order of days.
  public func forEachRobotPage(in days: ClosedRange<Int32>, _ body: (Int32, RobotPageRow) throws -> Void) throws {
    let sql = """
      SELECT day, robot, page, thing, answer, requests FROM day CROSS JOIN robot_page
      WHERE site = ? AND day BETWEEN ? AND ? AND \(RobotPages.table.isOfDay) ORDER BY day, robot_page.id
      """
    var texts = try PartedTexts(db)
    let rows = try GRDB.Row.fetchCursor(db, sql: sql, arguments: [site, days.lowerBound, days.upperBound])
    while let row = try rows.next() {
      let (robot, page) = (try texts.parts(of: row[1], 2), try texts.parts(of: row[2], 1))
      try body(
        row[0],
        RobotPageRow(
          name: robot[0], kind: robot[1], page: page[0], thing: (FetchedThing(rawValue: row[3]) ?? .page).name,
          answer: (AnswerKind(rawValue: row[4]) ?? .other).name, requests: row[5]))
    }
  }

  /// Calls `body` with the readers of each feed on each day, in the order of days.
  public func forEachFeed(in days: ClosedRange<Int32>, _ body: (Int32, FeedRow) throws -> Void) throws {
    try forEach(.feed, in: days, parts: 2) { day, parts, counts in
      try body(
        day, FeedRow(page: parts[0], reader: parts[1], requests: counts.pageviews, readers: counts.visitors))
    }
  }

  /// Returns those of some pages that nobody viewed in a period.
  public func unviewed(_ pages: [String], in days: ClosedRange<Int32>) throws -> [String] {
    let sql = """
      SELECT EXISTS(
        SELECT 1 FROM calendar CROSS JOIN agg
        WHERE calendar.day BETWEEN ? AND ? AND agg.site = ? AND agg.dim = ? AND agg.day = calendar.day
          AND agg.value = (SELECT id FROM dict WHERE text = ?))
      """
    let statement = try db.cachedStatement(sql: sql)
    return try pages.filter { page in
      let arguments: StatementArguments = [days.lowerBound, days.upperBound, site, Dimension.page.rawValue, page]
      return try Bool.fetchOne(statement, arguments: arguments) != true
    }
  }

  /// Calls `body` with each row of a dimension whose values have parts. Each value is taken apart once.
  private func forEach(
    _ dimension: Dimension, in days: ClosedRange<Int32>, parts count: Int,
    _ body: (Int32, [String], Counts) throws -> Void
  ) throws {
    let sql = """
      SELECT day, value, pageviews, visitors, seconds FROM agg WHERE site = ? AND dim = ? AND day BETWEEN ? AND ?
      ORDER BY day, value
      """
    var texts = try PartedTexts(db)
    let rows = try GRDB.Row.fetchCursor(
      db, sql: sql, arguments: [site, dimension.rawValue, days.lowerBound, days.upperBound])
    while let row = try rows.next() {
      let parts = try texts.parts(of: row[1], count)
      var counts = Counts()
      (counts.pageviews, counts.visitors, counts.seconds) = (row[2], row[3], row[4])
      try body(row[0], parts, counts)
    }
  }
}

/// The parts of texts of the dictionary. Each text is read and taken apart once.
private struct PartedTexts {
  private let read: Statement
  private var known: [Int64: [String]] = [:]

  init(_ db: Database) throws {
    read = try db.cachedStatement(sql: "SELECT text FROM dict WHERE id = ?")
  }

  /// Returns the parts of a text, at least as many as given.
  mutating func parts(of id: Int64, _ count: Int) throws -> [String] {
    if let parts = known[id] { return parts }
    var parts = HitBatch.parts(of: try String.fetchOne(read, arguments: [id]) ?? "")
    parts += [String](repeating: "", count: max(0, count - parts.count))
    known[id] = parts
    return parts
  }
}

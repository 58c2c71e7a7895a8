import GRDB
import Hits
import Rollups

/// What the database knows of one site, as one consistent view: imports that commit meanwhile do not show.
public struct SiteStatistics {
  /// A value of a dimension with its measures over a period.
  public struct Row: Equatable, Sendable {
    /// The value as text.
    public var value: String
    /// Its measures; visitors are daily visitors.
    public var counts: Counts
  }

  private let db: Database
  private let site: Int64

  init(_ db: Database, site: UInt32) {
    self.db = db
    self.site = Int64(site)
  }

  /// The first and the last day with data; nil where there is none.
  public func days() throws -> ClosedRange<Int32>? {
    let row = try GRDB.Row.fetchOne(
      db, sql: "SELECT min(day), max(day) FROM agg WHERE site = ? AND dim = ?",
      arguments: [site, Dimension.total.rawValue])
    guard let row, let first = row[0] as Int32?, let last = row[1] as Int32? else { return nil }
    return first...last
  }

  /// How many days of the period wait to be counted anew, because an import was interrupted.
  public func uncountedDays(in days: ClosedRange<Int32>) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM day WHERE site = ? AND dirty = 1 AND day BETWEEN ? AND ?",
      arguments: [site, days.lowerBound, days.upperBound]) ?? 0
  }

  /// The measures of each day that has any, in order.
  public func daily(in days: ClosedRange<Int32>) throws -> [(day: Int32, counts: Counts)] {
    try grouped(by: "day", .total, days).map { (Int32($0.key), $0.counts) }
  }

  /// The measures of each hour of the day that has any, summed over the days, in order.
  public func hourly(in days: ClosedRange<Int32>) throws -> [(hour: Int, counts: Counts)] {
    try grouped(by: "value", .hour, days).map { ($0.key, $0.counts) }
  }

  /// The values of a dimension with most daily visitors, and how many values it has in all.
  ///
  /// Equal numbers of visitors are ordered by page views, then by text.
  public func top(_ dimension: Dimension, in days: ClosedRange<Int32>, limit: Int) throws -> (rows: [Row], values: Int)
  {
    let sql = """
      SELECT text, \(Self.sums), count(*) OVER () AS distinct_values
      FROM agg JOIN dict ON dict.id = value
      WHERE site = ? AND dim = ? AND day BETWEEN ? AND ?
      GROUP BY value
      ORDER BY visitors DESC, pageviews DESC, text
      LIMIT ?
      """
    let found = try GRDB.Row.fetchAll(
      db, sql: sql,
      arguments: [site, dimension.rawValue, days.lowerBound, days.upperBound, limit])
    let rows = found.map { Row(value: $0["text"], counts: Counts(row: $0)) }
    return (rows, found.first?["distinct_values"] ?? 0)
  }

  /// How the lines of the period ended once its days were counted; lines that were known already are left out, for they were
  /// counted before.
  public func outcomes(in days: ClosedRange<Int32>) throws -> OutcomeCounts {
    var counts = OutcomeCounts()
    let rows = try GRDB.Row.fetchAll(
      db,
      sql: "SELECT outcome, sum(lines) FROM outcome WHERE site = ? AND day BETWEEN ? AND ? GROUP BY outcome",
      arguments: [site, days.lowerBound, days.upperBound])
    for row in rows {
      if let outcome = Outcome(name: row[0]), outcome != .alreadyImported { counts[outcome] = row[1] }
    }
    try moveRobots(.behaviour, from: .pageview, in: days, &counts)
    try moveRobots(.behaviourEvent, from: .event, in: days, &counts)
    return counts
  }

  /// Puts what was taken out as robots' when days were counted where it ended, other than when it was imported.
  private func moveRobots(
    _ dimension: Dimension, from outcome: Outcome, in days: ClosedRange<Int32>, _ counts: inout OutcomeCounts
  ) throws {
    let lines = try Int.fetchOne(
      db, sql: "SELECT coalesce(sum(pageviews), 0) FROM agg WHERE site = ? AND dim = ? AND day BETWEEN ? AND ?",
      arguments: [site, dimension.rawValue, days.lowerBound, days.upperBound])
    counts[outcome] -= lines ?? 0
    counts[.botBehaviour] += lines ?? 0
  }

  private func grouped(
    by column: String, _ dimension: Dimension, _ days: ClosedRange<Int32>
  ) throws -> [(key: Int, counts: Counts)] {
    let sql = """
      SELECT \(column) AS key, \(Self.sums) FROM agg
      WHERE site = ? AND dim = ? AND day BETWEEN ? AND ? GROUP BY \(column) ORDER BY \(column)
      """
    return try GRDB.Row.fetchAll(
      db, sql: sql, arguments: [site, dimension.rawValue, days.lowerBound, days.upperBound]
    ).map { ($0["key"], Counts(row: $0)) }
  }

  private static let sums = """
    sum(pageviews) AS pageviews, sum(visitors) AS visitors, sum(visits) AS visits, sum(bounces) AS bounces,
    sum(seconds) AS seconds
    """
}

extension StatsStore {
  /// Lends the statistics of a site while `body` runs.
  public func withStatistics<Value>(of site: UInt32, _ body: (SiteStatistics) throws -> Value) throws -> Value {
    try read { db in try body(SiteStatistics(db, site: site)) }
  }
}

extension Counts {
  fileprivate init(row: Row) {
    self.init()
    pageviews = row["pageviews"]
    visitors = row["visitors"]
    visits = row["visits"]
    bounces = row["bounces"]
    seconds = row["seconds"]
  }
}

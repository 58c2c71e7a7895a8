import GRDB
public import Hits

/// How far the statistics of another program reach.
public struct PastExtent: Equatable, Sendable {
  /// The main host of the site.
  public var host: String
  /// The program.
  public var origin: PastOrigin
  /// The first and the last day with data, as far as the files say.
  public var days: ClosedRange<Int32>
  /// The first day of the first and the last day of the last period: months begin on the first day.
  public var periods: ClosedRange<Int32>
  /// The number of periods: months, or days.
  public var parts: Int
  /// The name of the file that they came from; empty if they came from several.
  public var file: String

  /// Returns the extents of what an import brought, one for each file.
  static func all(ofImport id: Int64, _ db: Database) throws -> [PastExtent] {
    try all("past_part.import = ?", [id], groupedBy: "past_part.file ORDER BY past_part.file", db)
  }

  /// Returns the extent of each series, by host and origin.
  static func all(_ db: Database) throws -> [PastExtent] {
    try all("1", [], groupedBy: "past_series.id ORDER BY host, origin", db).map { extent in
      var extent = extent
      extent.file = ""
      return extent
    }
  }

  private static func all(
    _ condition: String, _ arguments: StatementArguments, groupedBy order: String, _ db: Database
  ) throws -> [PastExtent] {
    let sql = """
      SELECT host, origin, min(first_covered) AS first, max(last_covered) AS last, min(first_day) AS first_day,
        max(last_day) AS last_day, count(*) AS parts, name
      FROM past_part JOIN past_series ON past_series.id = series JOIN site ON site.id = past_series.site
        LEFT JOIN import_file ON import_file.id = past_part.file
      WHERE \(condition) GROUP BY \(order)
      """
    return try Row.fetchAll(db, sql: sql, arguments: arguments).compactMap { row in
      PastOrigin(rawValue: row["origin"]).map { origin in
        PastExtent(
          host: row["host"], origin: origin, days: row["first"]...row["last"],
          periods: row["first_day"]...row["last_day"], parts: row["parts"],
          file: row["name"] ?? "")
      }
    }
  }
}

extension StatsStore {
  /// Returns how far the statistics of other programs reach, for all sites.
  public func pastExtents() throws -> [PastExtent] {
    try read { try PastExtent.all($0) }
  }
}

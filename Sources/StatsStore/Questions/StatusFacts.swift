import GRDB
import Hits

/// The numbers of open, sealed and pruned days of a site.
public struct SiteDays: Sendable {
  /// The site's main host.
  public var host: String
  /// The IANA name of its time zone.
  public var timeZone: String
  /// The number of open days.
  public var open: Int
  /// The number of sealed days.
  public var sealed: Int
  /// The number of pruned days, whose statistics are deleted.
  public var pruned: Int
  /// The first and the last day that is not pruned; nil if there is none.
  public var range: ClosedRange<Int32>?
}

/// What is stored on disk for an open day besides its statistics.
public struct DayHoldings: Sendable {
  /// The number of hits.
  public var hits: Int64 = 0
  /// The bytes of its hits and of the hashes of all lines that may belong to that day, including some of
  /// neighbouring days.
  public var bytes: Int64 = 0
}

extension StatsStore {
  /// Returns the numbers of days of all sites, by host.
  public func siteDays() throws -> [SiteDays] {
    let sql = """
      SELECT host, timezone, coalesce(sum(state = 'open'), 0) AS open, coalesce(sum(state = 'sealed'), 0) AS sealed,
        coalesce(sum(state = 'pruned'), 0) AS pruned, min(CASE WHEN state <> 'pruned' THEN day END) AS first,
        max(CASE WHEN state <> 'pruned' THEN day END) AS last
      FROM site LEFT JOIN day ON day.site = site.id GROUP BY site.id ORDER BY host
      """
    return try read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        let first = row["first"] as Int32?
        let last = row["last"] as Int32?
        return SiteDays(
          host: row["host"], timeZone: row["timezone"], open: row["open"], sealed: row["sealed"],
          pruned: row["pruned"],
          range: first.flatMap { first in last.map { first...$0 } })
      }
    }
  }

  /// Returns what is stored for an open day.
  public func holdings(site: UInt32, day: Int32) throws -> DayHoldings {
    let sql = """
      SELECT coalesce(sum(hits), 0) AS hits, coalesce(sum(length(data)), 0) + (
        SELECT coalesce(sum(lines) * 8, 0) FROM block
        WHERE hashes IS NOT NULL AND first_day <= ?2 AND last_day >= ?2) AS bytes
      FROM run WHERE site = ?1 AND day = ?2
      """
    return try read { db in
      let row = try Row.fetchOne(db, sql: sql, arguments: [Int64(site), day])
      return row.map { DayHoldings(hits: $0["hits"], bytes: $0["bytes"]) } ?? DayHoldings()
    }
  }
}

import GRDB
import Hits

/// How many days of a site are open and sealed.
public struct SiteDays: Sendable {
  /// The site's main host.
  public var host: String
  /// The IANA name of its zone.
  public var timeZone: String
  /// How many days are open.
  public var open: Int
  /// How many days are sealed.
  public var sealed: Int
  /// How many days were pruned, so that their statistics are gone.
  public var pruned: Int
  /// The first and the last day that is not pruned; nil where there is none.
  public var range: ClosedRange<Int32>?
}

/// What an open day holds on disk beyond its statistics.
public struct DayHoldings: Sendable {
  /// How many hits.
  public var hits: Int64 = 0
  /// Bytes of its hits and of the hashes of all lines that may be of that day, some of them of its neighbours.
  public var bytes: Int64 = 0
}

extension StatsStore {
  /// The days of all sites, by host.
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

  /// What an open day holds.
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

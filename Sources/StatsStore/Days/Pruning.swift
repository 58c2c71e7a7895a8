import GRDB
import Hits
import Rollups

/// What pruning a site's statistics deletes.
public struct PruneEffect: Sendable {
  /// The site's id.
  public var site: UInt32
  /// The site's main host.
  public var host: String
  /// The number of sealed days that lose their statistics.
  public var days: Int
  /// The first and the last of them; nil if there are none.
  public var range: ClosedRange<Int32>?
  /// Their page views.
  public var pageviews: Int64
  /// The number of rows of statistics that are deleted.
  public var rows: Int
  /// The number of open days in that period, which cannot be pruned.
  public var openDays: Int
}

extension StatsStore {
  /// Returns what pruning a site's days before `day` would delete.
  public func effectOfPruning(_ site: SiteProfile, before day: Int32) throws -> PruneEffect {
    try read { db in
      let days = try Row.fetchOne(
        db,
        sql: """
          SELECT coalesce(sum(state = 'sealed'), 0), min(CASE WHEN state = 'sealed' THEN day END),
            max(CASE WHEN state = 'sealed' THEN day END), coalesce(sum(state = 'open'), 0)
          FROM day WHERE site = ? AND day < ?
          """, arguments: [Int64(site.id), day])
      let first = days?[1] as Int32?
      let last = days?[2] as Int32?
      let arguments: StatementArguments = [Int64(site.id), day]
      let pageviews = try Int64.fetchOne(
        db, sql: "SELECT coalesce(sum(pageviews), 0) FROM agg WHERE site = ? AND dim = 0 AND day < ?",
        arguments: arguments)
      var rows = try Dimension.stored.reduce(0) { sum, dimension in
        let sql = "SELECT count(*) FROM agg WHERE site = ? AND dim = \(dimension.rawValue) AND day < ?"
        return sum + (try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0)
      }
      for table in StatsStore.dayTables { rows += try table.count(site: site.id, before: day, db) }
      return PruneEffect(
        site: site.id, host: site.host, days: days?[0] ?? 0, range: first.flatMap { first in last.map { first...$0 } },
        pageviews: pageviews ?? 0, rows: rows, openDays: days?[3] ?? 0)
    }
  }

  /// Deletes the statistics of all days before a given day, which may differ by site, in one transaction.
  ///
  /// The days stay known as pruned, so that their lines are late when they are read again. Books and ledger stay,
  /// too.
  /// - Precondition: none of these days is open.
  public func prune(before days: [UInt32: Int32]) throws {
    dictionary.forget()
    try write { db in
      for (site, day) in days {
        let arguments: StatementArguments = [Int64(site), day]
        let open = try Int.fetchOne(
          db, sql: "SELECT count(*) FROM day WHERE site = ? AND day < ? AND state = 'open'", arguments: arguments)
        precondition(open == 0)
        try MonthSums.forget(site: site, days: .min...day - 1, db)
        for dimension in Dimension.stored {
          try db.execute(
            sql: "DELETE FROM agg WHERE site = ? AND dim = \(dimension.rawValue) AND day < ?", arguments: arguments)
        }
        let pruned = try Int32.fetchAll(
          db, sql: "SELECT day FROM day WHERE site = ? AND day < ? AND state <> 'pruned'", arguments: arguments)
        for day in pruned {
          for table in StatsStore.dayTables { try table.delete(site: site, day: day, db) }
        }
        try db.execute(sql: "DELETE FROM hour_lines WHERE site = ? AND day < ?", arguments: arguments)
        try db.execute(sql: "UPDATE day SET state = 'pruned' WHERE site = ? AND day < ?", arguments: arguments)
      }
      try Self.noteUnswept(db)
    }
  }

  /// Rewrites the file without the space of deleted rows.
  ///
  /// The new file is assembled in memory, so that no data of open days is in another file meanwhile:
  /// <https://www.sqlite.org/lang_vacuum.html>.
  /// - Returns: the size of the file in bytes before and after.
  public func vacuum() throws -> (before: Int64, after: Int64) {
    do {
      return try exclusively {
        try queue.writeWithoutTransaction { db in
          let before = try Self.size(db)
          try db.execute(sql: "VACUUM")
          return (before, try Self.size(db))
        }
      }
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  private static func size(_ db: Database) throws -> Int64 {
    let pages = try Int64.fetchOne(db, sql: "PRAGMA page_count") ?? 0
    return pages * (try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
  }
}

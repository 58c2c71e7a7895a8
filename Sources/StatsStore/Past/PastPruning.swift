import GRDB
public import Hits

extension StatsStore {
  /// Returns how many periods of other programs' statistics end before a day, for one site.
  public func pastParts(of site: SiteProfile, before day: Int32) throws -> Int {
    try read { db in
      let sql =
        "SELECT count(*) FROM past_part JOIN past_series ON past_series.id = series WHERE site = ? AND last_day < ?"
      return try Int.fetchOne(db, sql: sql, arguments: [Int64(site.id), day]) ?? 0
    }
  }

  /// Deletes what other programs counted before a given day, which may differ by site. Periods that reach beyond it lose
  /// their days, but keep their totals, which cannot be cut.
  public func prunePast(before days: [UInt32: Int32]) throws {
    try write { db in
      for (site, day) in days {
        let arguments: StatementArguments = [Int64(site), day]
        let parts = "SELECT past_part.id FROM past_part JOIN past_series ON past_series.id = series WHERE site = ?"
        for part in try Int64.fetchAll(db, sql: parts + " AND last_day < ?", arguments: arguments) {
          try Self.removePast(part: part, db)
        }
        try db.execute(
          sql: """
            DELETE FROM past WHERE part IN (\(parts)) AND day < ?
              AND kind IN (SELECT id FROM past_kind WHERE step = \(PastStep.day.rawValue))
            """, arguments: arguments)
      }
      try Self.removeEmptySeries(db)
      try Self.noteUnswept(db)
    }
  }
}

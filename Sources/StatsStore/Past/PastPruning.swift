import GRDB
public import Hits

/// What pruning deletes of other programs' statistics of a site.
public struct PastPruneEffect: Equatable, Sendable {
  /// The main host of the site.
  public var host: String
  /// The number of periods that end before the day.
  public var parts: Int
  /// The number of days of longer periods, which keep their totals and lists: these cannot be cut.
  public var days: Int
}

extension StatsStore {
  /// Returns what pruning before a day deletes of what other programs counted for a site.
  public func effectOfPruningPast(_ site: SiteProfile, before day: Int32) throws -> PastPruneEffect {
    try read { db in
      let arguments: StatementArguments = [Int64(site.id), day]
      let parts = "SELECT count(*) FROM past_part WHERE id IN (\(Self.pastOfSite)) AND last_day < ?2"
      let days = """
        SELECT count(DISTINCT day) FROM past JOIN past_part ON past_part.id = part
        WHERE part IN (\(Self.pastOfSite)) AND day < ?2 AND last_day >= ?2 AND kind IN (\(Self.kindsOfDays))
        """
      return PastPruneEffect(
        host: site.host, parts: try Int.fetchOne(db, sql: parts, arguments: arguments) ?? 0,
        days: try Int.fetchOne(db, sql: days, arguments: arguments) ?? 0)
    }
  }

  /// Deletes what other programs counted before a given day, which may differ by site. Periods that reach beyond it lose
  /// their days, but keep their totals and lists, which cannot be cut.
  public func prunePast(before days: [UInt32: Int32]) throws {
    try write { db in
      for (site, day) in days {
        let arguments: StatementArguments = [Int64(site), day]
        let ended = "SELECT id FROM past_part WHERE id IN (\(Self.pastOfSite)) AND last_day < ?2"
        for part in try Int64.fetchAll(db, sql: ended, arguments: arguments) { try Self.removePast(part: part, db) }
        try db.execute(
          sql: "DELETE FROM past WHERE part IN (\(Self.pastOfSite)) AND day < ?2 AND kind IN (\(Self.kindsOfDays))",
          arguments: arguments)
      }
      try Self.removeEmptySeries(db)
      try Self.noteUnswept(db)
    }
  }

  private static let pastOfSite =
    "SELECT past_part.id FROM past_part JOIN past_series ON past_series.id = series WHERE site = ?1"

  private static let kindsOfDays = "SELECT id FROM past_kind WHERE step = \(PastStep.day.rawValue)"
}

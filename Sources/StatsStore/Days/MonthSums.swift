import GRDB
import Hits
import Rollups

/// The sums of a month's days by value. They save reports from reading most of a year's rows:
/// docs/decisions/0012-month-sums.md.
///
/// `month` has a row for each month of a site whose statistics ever changed. `month_agg` has the sums of the months
/// that are summed up. Code that changes the statistics of days calls ``forget(site:days:_:)`` in the same
/// transaction.
struct MonthSums {
  /// Months with fewer rows are fast enough without sums.
  private static let fewestRows = 1_000

  /// The dimensions whose values are listed.
  private static let dimensions = Dimension.stored.filter { $0 != .total && $0 != .hour }

  /// Returns the first and last day of the month that contains a day.
  static func month(of day: Int32) -> ClosedRange<Int32> {
    let date = DayName.civil(day)
    let first = DayName.days(year: date.year, month: date.month, day: 1)
    let next = DayName.days(
      year: date.month == 12 ? date.year + 1 : date.year, month: date.month % 12 + 1, day: 1)
    return first...next - 1
  }

  /// Deletes the sums of the months of these days, whose statistics change, and marks the months to be summed up
  /// again.
  static func forget(site: UInt32, days: ClosedRange<Int32>, _ db: Database) throws {
    let isSummed = try db.cachedStatement(
      sql: "SELECT EXISTS(SELECT 1 FROM month WHERE site = ? AND summed = 1 AND first_day <= ? AND last_day >= ?)")
    guard try Bool.fetchOne(isSummed, arguments: [Int64(site), days.upperBound, days.lowerBound]) == true else {
      return
    }
    let sums = """
      DELETE FROM month_agg WHERE site = ?1 AND dim = ?2 AND month IN (
        SELECT first_day FROM month WHERE site = ?1 AND summed = 1 AND first_day <= ?4 AND last_day >= ?3)
      """
    let delete = try db.cachedStatement(sql: sums)
    for dimension in dimensions {
      try delete.execute(arguments: [Int64(site), dimension.rawValue, days.lowerBound, days.upperBound])
    }
    try db.execute(
      sql: "UPDATE month SET summed = 0 WHERE site = ? AND first_day <= ? AND last_day >= ?",
      arguments: [Int64(site), days.upperBound, days.lowerBound])
  }

  /// Marks the month of this day to be summed up once all its days are sealed, and deletes its sums.
  static func note(site: UInt32, day: Int32, _ db: Database) throws {
    try forget(site: site, days: day...day, db)
    let month = month(of: day)
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO month VALUES(?, ?, ?, 0)")
      .execute(arguments: [Int64(site), month.lowerBound, month.upperBound])
  }

  /// Sums up a month, in each dimension for which this saves at least half of the rows.
  fileprivate static func sumUp(site: Int64, days: ClosedRange<Int32>, _ db: Database) throws {
    let size = "SELECT count(*), count(DISTINCT value) FROM agg WHERE site = ? AND dim = ? AND day BETWEEN ? AND ?"
    let insert = """
      INSERT INTO month_agg
      SELECT site, dim, ?3, value, sum(pageviews), sum(visitors), sum(visits), sum(bounces), sum(seconds),
        \(SiteStatistics.seenLoading)
      FROM agg WHERE site = ?1 AND dim = ?2 AND day BETWEEN ?3 AND ?4 GROUP BY value
      """
    for dimension in dimensions {
      let arguments: StatementArguments = [site, dimension.rawValue, days.lowerBound, days.upperBound]
      let found = try Row.fetchOne(db.cachedStatement(sql: size), arguments: arguments)
      guard let found, found[0] >= fewestRows, (found[1] as Int) * 2 <= found[0] else { continue }
      try db.cachedStatement(sql: insert).execute(arguments: arguments)
    }
    try db.execute(
      sql: "UPDATE month SET summed = 1 WHERE site = ? AND first_day = ?", arguments: [site, days.lowerBound])
  }
}

extension StatsStore {
  /// Sums up the months that are over and have no open day, each in its own transaction.
  public func sumUpMonths() throws {
    // A month is over if its last day, or a later day, is known.
    let due = """
      SELECT site, first_day, last_day FROM month WHERE summed = 0
        AND NOT EXISTS(
          SELECT 1 FROM day
          WHERE day.site = month.site AND day.day BETWEEN first_day AND last_day AND state = 'open')
        AND EXISTS(SELECT 1 FROM day WHERE day.site = month.site AND day.day >= last_day)
      """
    let months = try read { db in
      try Row.fetchAll(db, sql: due).map { (site: $0[0] as Int64, days: ($0[1] as Int32)...($0[2] as Int32)) }
    }
    for month in months {
      try write { db in try MonthSums.sumUp(site: month.site, days: month.days, db) }
    }
  }
}

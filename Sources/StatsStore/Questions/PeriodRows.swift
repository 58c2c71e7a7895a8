import GRDB
import Rollups

/// The rows of one dimension over a period: whole months if they are summed up, days otherwise.
struct PeriodRows {
  /// A contiguous part of the rows.
  private struct Part {
    /// Table and condition, for `FROM`.
    var all: String
    /// The same, in a form that looks up each value in the primary key.
    var lookedUp: String
  }

  /// The maximum number of values that are looked up one by one. For more, all rows are scanned.
  private static let mostLookedUp = 250

  private var parts: [Part] = []

  init(_ db: Database, site: Int64, _ dimension: Dimension, _ days: ClosedRange<Int32>) throws {
    let of = "site = \(site) AND dim = \(dimension.rawValue)"
    var next = days.lowerBound
    for month in try Self.months(db, site: site, dimension, days) {
      if next < month.lowerBound { addDays(of, next...month.lowerBound - 1) }
      let rows = "month_agg WHERE \(of) AND month = \(month.lowerBound)"
      parts.append(Part(all: rows, lookedUp: rows))
      next = month.upperBound + 1
    }
    if next <= days.upperBound { addDays(of, next...days.upperBound) }
  }

  /// Returns the months within a period that are summed up.
  private static func months(
    _ db: Database, site: Int64, _ dimension: Dimension, _ days: ClosedRange<Int32>
  ) throws -> [ClosedRange<Int32>] {
    let sql = """
      SELECT first_day, last_day FROM month WHERE site = ?1 AND first_day >= ?2 AND last_day <= ?3 AND summed = 1
        AND EXISTS(SELECT 1 FROM month_agg WHERE site = ?1 AND dim = ?4 AND month = first_day)
      ORDER BY first_day
      """
    let arguments: StatementArguments = [site, days.lowerBound, days.upperBound, dimension.rawValue]
    return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments).map { $0[0]...$0[1] }
  }

  private mutating func addDays(_ of: String, _ days: ClosedRange<Int32>) {
    let period = "BETWEEN \(days.lowerBound) AND \(days.upperBound)"
    parts.append(
      Part(
        all: "agg WHERE \(of) AND day \(period)",
        lookedUp: "agg WHERE \(of) AND day IN (SELECT day FROM calendar WHERE day \(period))"))
  }

  /// Returns one statement for each part.
  func statements(selecting columns: String) -> [String] {
    parts.map { "SELECT \(columns) FROM \($0.all)" }
  }

  /// Returns one statement that selects these columns for some values, or for all.
  func statement(selecting columns: String, of values: [Int64]?) -> String {
    let list = values.map { " AND value IN (\($0.map(String.init).joined(separator: ",")))" } ?? ""
    let isLookedUp = (values?.count ?? .max) <= Self.mostLookedUp
    return parts.map { "SELECT \(columns) FROM \(isLookedUp ? $0.lookedUp : $0.all)\(list)" }
      .joined(separator: " UNION ALL ")
  }
}

import GRDB
import Hits

/// A row of a view that docs/sql.md documents.
public struct TableRow: Sendable {
  /// The value of a column.
  public enum Value: Equatable, Sendable {
    /// A text.
    case text(String)
    /// A number.
    case number(Int64)
    /// NULL.
    case none
  }

  /// The values in the order of the columns.
  public var values: [Value]
  let columns: [String]

  /// The value of a column; ``Value/none`` if there is no such column.
  public subscript(_ column: String) -> Value {
    columns.firstIndex(of: column).map { values[$0] } ?? .none
  }
}

/// Reads the views for analysts in one consistent snapshot.
public struct TableReader {
  /// The views with a row for each day of each site.
  public static let tables = Views.ofDays

  private let db: Database
  private let site: String?
  private let days: ClosedRange<Int32>

  init(_ db: Database, site: String?, days: ClosedRange<Int32>) {
    self.db = db
    self.site = site
    self.days = days
  }

  /// Returns the columns of a view.
  public func columns(of table: String) throws -> [String] {
    try db.columns(in: table).map(\.name)
  }

  /// Reads the rows of a view for the selected site and days, ordered by site, day and then all columns.
  ///
  /// - Precondition: the view is one of ``tables``.
  public func forEachRow(of table: String, _ body: (TableRow) throws -> Void) throws {
    precondition(Self.tables.contains(table))
    let columns = try columns(of: table)
    let sql = """
      SELECT * FROM \(table) WHERE day BETWEEN ? AND ?\(site == nil ? "" : " AND site = ?")
      ORDER BY site, day, \(columns.joined(separator: ", "))
      """
    let first = DayName.name(days.lowerBound)
    let last = DayName.name(days.upperBound)
    let arguments: StatementArguments = site.map { [first, last, $0] } ?? [first, last]
    let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
    while let row = try rows.next() {
      try body(TableRow(values: columns.indices.map { Self.value(row[$0] as DatabaseValue) }, columns: columns))
    }
  }

  private static func value(_ value: DatabaseValue) -> TableRow.Value {
    switch value.storage {
    case .string(let text): .text(text)
    case .int64(let number): .number(number)
    default: .none
    }
  }
}

extension StatsStore {
  /// Calls `body` with the views.
  ///
  /// - Parameters:
  ///   - site: the main host of a site; nil for all.
  ///   - days: the days to read.
  public func withTables<Value>(
    site: String?, days: ClosedRange<Int32>, _ body: (TableReader) throws -> Value
  ) throws -> Value {
    try read { db in try body(TableReader(db, site: site, days: days)) }
  }

  /// Returns how many days of a period are open, and how many of them must be recounted, for one site or for all.
  public func unsettledDays(site: UInt32?, in days: ClosedRange<Int32>) throws -> (open: Int, uncounted: Int) {
    let site = site.map { Int64($0) }
    return try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT count(*), coalesce(sum(dirty), 0) FROM day
          WHERE state = 'open' AND day BETWEEN ? AND ? AND (? IS NULL OR site = ?)
          """, arguments: [days.lowerBound, days.upperBound, site, site])
      return (row?[0] ?? 0, row?[1] ?? 0)
    }
  }
}

import GRDB

/// Inserts rows of numbers into a table, many with one statement.
///
/// If rows come in the order of the table's key, SQLite finds the place of each from the row before. It also starts
/// and ends the statement only once for all of them. This halves the cost of a row.
struct RowInsert {
  private static let rowsAtOnce = 32
  private let db: Database
  private let table: String
  private let columns: Int
  private let ending: String
  private let one: RowStatement
  /// Prepared once there are enough rows for it.
  private var many: RowStatement?
  private var waiting: [Int64] = []

  /// - Parameter change: what is done instead where there is a row with the same key.
  init(into table: String, columns: Int, onConflict change: String? = nil, _ db: Database) throws {
    self.db = db
    self.table = table
    self.columns = columns
    ending = change.map { " ON CONFLICT DO \($0)" } ?? ""
    one = try RowStatement(Self.sql(table, columns: columns, rows: 1) + ending, db)
  }

  private static func sql(_ table: String, columns: Int, rows: Int) -> String {
    let row = "(\([String](repeating: "?", count: columns).joined(separator: ", ")))"
    return "INSERT INTO \(table) VALUES\([String](repeating: row, count: rows).joined(separator: ", "))"
  }

  /// Adds a row, to be inserted together with others.
  mutating func add<let count: Int>(_ row: InlineArray<count, Int64>) throws {
    try add(row.span)
  }

  /// Adds a row with one number for each column.
  mutating func add(_ row: Span<Int64>) throws {
    precondition(row.count == columns)
    for index in row.indices { waiting.append(row[index]) }
    guard waiting.count == columns * Self.rowsAtOnce else { return }
    let statement = try many ?? RowStatement(Self.sql(table, columns: columns, rows: Self.rowsAtOnce) + ending, db)
    many = statement
    try statement.execute(waiting.span)
    waiting.removeAll(keepingCapacity: true)
  }

  /// Inserts the remaining rows.
  mutating func finish() throws {
    for start in stride(from: 0, to: waiting.count, by: columns) {
      try one.execute(waiting.span.extracting(start..<start + columns))
    }
    waiting = []
  }
}

import GRDB

/// Inserts rows of numbers into a table, many with one statement.
///
/// If rows come in the order of the table's key, SQLite finds the place of each from the row before. It also starts
/// and ends the statement only once for all of them. This halves the cost of a row.
struct RowInsert {
  private static let rowsAtOnce = 64
  private let db: Database
  private let table: String
  private let row: String
  private let ending: String
  /// The number of a row's own numbers.
  private let count: Int
  private let one: RowStatement
  /// Prepared once there are enough rows for it.
  private var many: RowStatement?
  /// The numbers that all rows share, followed by those of the rows that are not inserted yet.
  private var waiting: [Int64]
  private let shared: Int

  /// - Parameter change: what is done instead where there is a row with the same key.
  init(into table: String, columns: Int, onConflict change: String? = nil, _ db: Database) throws {
    let row = "(\([String](repeating: "?", count: columns).joined(separator: ", ")))"
    try self.init(into: table, row: row, count: columns, onConflict: change, db)
  }

  /// - Parameters:
  ///   - row: the values of a row in SQL, with `?` for its own numbers and `?1`, `?2` and so on for shared ones.
  ///   - count: the number of its own numbers.
  ///   - shared: the numbers that all rows share.
  init(
    into table: String, row: String, count: Int, shared: [Int64] = [], onConflict change: String? = nil, _ db: Database
  ) throws {
    self.db = db
    self.table = table
    self.row = row
    self.count = count
    self.shared = shared.count
    waiting = shared
    ending = change.map { " ON CONFLICT DO \($0)" } ?? ""
    one = try RowStatement(Self.sql(table, row, rows: 1) + ending, db)
  }

  private static func sql(_ table: String, _ row: String, rows: Int) -> String {
    "INSERT INTO \(table) VALUES\([String](repeating: row, count: rows).joined(separator: ", "))"
  }

  /// Adds a row, to be inserted together with others.
  mutating func add<let count: Int>(_ row: InlineArray<count, Int64>) throws {
    try add(row.span)
  }

  /// Adds a row with all its own numbers.
  mutating func add(_ row: Span<Int64>) throws {
    precondition(row.count == count)
    for index in row.indices { waiting.append(row[index]) }
    guard waiting.count == shared + count * Self.rowsAtOnce else { return }
    let statement = try many ?? RowStatement(Self.sql(table, self.row, rows: Self.rowsAtOnce) + ending, db)
    many = statement
    try statement.execute(waiting.span)
    waiting.removeSubrange(shared...)
  }

  /// Inserts the remaining rows.
  mutating func finish() throws {
    var numbers = Array(waiting[..<shared])
    for start in stride(from: shared, to: waiting.count, by: count) {
      numbers.replaceSubrange(shared..., with: waiting[start..<start + count])
      try one.execute(numbers.span)
    }
    waiting.removeSubrange(shared...)
  }
}

import GRDB

/// A table whose rows belong to days, by the numbers that days get in the order in which they become known. So SQLite appends
/// the rows of a new day (docs/decisions/0028-robots-pages.md).
///
/// Usually the id of a row is the number of its day and its place within the day, and a day's rows are found without an index.
/// In a keyed table, a row begins with the number of its day, and its first value is looked up within the day: this costs half as
/// much again when it is written.
struct DayTable {
  /// The number of low bits of an id that are the place within the day.
  static let placeBits = 24
  /// The number of a day that is added to `day`, as an expression in SQL.
  static let nextDay = "(SELECT coalesce(max(number), 0) + 1 FROM day)"

  /// The name of the table.
  let name: String
  /// Whether the key is `day_number` and the values instead of `id`.
  var isKeyed = false

  /// The condition that a row of the table belongs to a row of `day`.
  var isOfDay: String {
    if isKeyed { return "\(name).day_number = day.number" }
    let first = "(day.number << \(Self.placeBits))"
    return "\(name).id BETWEEN \(first) AND (\(first) + \(1 << Self.placeBits - 1))"
  }

  /// Calls `body` with some columns of all rows of a day, in order.
  func forEachRow(
    _ columns: [String], site: UInt32, day: Int32, _ db: Database, _ body: (Span<Int64>) throws -> Void
  ) throws {
    let rows = try RowStatement(
      "SELECT \(columns.joined(separator: ", ")) FROM day CROSS JOIN \(name) WHERE site = ? AND day = ? AND \(isOfDay)",
      db)
    let key: [2 of Int64] = [Int64(site), Int64(day)]
    try rows.forEachRow(key.span, columns: columns.count, body)
  }

  /// Inserts the rows of a day, which has none and is in `day`.
  ///
  /// - Parameters:
  ///   - columns: the number of columns behind the id, or behind the number of the day.
  ///   - body: passes each row with these columns to the closure that it is given.
  func insertRows(
    columns: Int, site: UInt32, day: Int32, _ db: Database, _ body: ((Span<Int64>) throws -> Void) throws -> Void
  ) throws {
    if isKeyed { return try insertSorted(columns: columns, site: site, day: day, db, body) }
    var insert: RowInsert?
    var row = [Int64](repeating: 0, count: 1 + columns)
    try body { numbers in
      if insert == nil {
        insert = try RowInsert(into: name, columns: 1 + columns, db)
        row[0] = try number(site: site, day: day, db) << Int64(Self.placeBits)
      } else {
        row[0] += 1
        guard row[0] & (1 << Int64(Self.placeBits) - 1) != 0 else { throw damage }
      }
      for index in 0..<columns { row[1 + index] = numbers[index] }
      try insert?.add(row.span)
    }
    try insert?.finish()
  }

  /// Inserts the rows in the order of their first value, so that pages of the file become full.
  private func insertSorted(
    columns: Int, site: UInt32, day: Int32, _ db: Database, _ body: ((Span<Int64>) throws -> Void) throws -> Void
  ) throws {
    var numbers: [Int64] = []
    try body { row in for index in 0..<columns { numbers.append(row[index]) } }
    guard !numbers.isEmpty else { return }
    var insert = try RowInsert(into: name, columns: 1 + columns, db)
    var row = [try number(site: site, day: day, db)] + [Int64](repeating: 0, count: columns)
    let starts = stride(from: 0, to: numbers.count, by: columns).sorted { numbers[$0] < numbers[$1] }
    for start in starts {
      for index in 0..<columns { row[1 + index] = numbers[start + index] }
      try insert.add(row.span)
    }
    try insert.finish()
  }

  private func number(site: UInt32, day: Int32, _ db: Database) throws -> Int64 {
    let number = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT number FROM day WHERE site = ? AND day = ?"), arguments: [Int64(site), day])
    guard let number else { throw damage }
    return number
  }

  /// Deletes the rows of a day.
  func delete(site: UInt32, day: Int32, _ db: Database) throws {
    let number = "(SELECT number FROM day WHERE site = ?1 AND day = ?2)"
    let rows =
      isKeyed
      ? "day_number = \(number)"
      : "id BETWEEN \(number) << \(Self.placeBits) AND (\(number) << \(Self.placeBits)) + \(1 << Self.placeBits - 1)"
    let delete = try RowStatement("DELETE FROM \(name) WHERE \(rows)", db)
    let key: [2 of Int64] = [Int64(site), Int64(day)]
    try delete.execute(key.span)
  }

  /// Returns the number of rows of a site before a day.
  func count(site: UInt32, before day: Int32, _ db: Database) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM day CROSS JOIN \(name) WHERE site = ? AND day < ? AND \(isOfDay)",
      arguments: [Int64(site), day]) ?? 0
  }

  /// What is thrown if the rows of a day are not as they were written.
  var damage: DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the rows of \(name) are damaged")
  }
}

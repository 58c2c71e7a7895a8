import GRDB

/// A table whose rows belong to days: the id of a row is the number of its day and its place within the day.
///
/// So the rows of a day are found without an index, and SQLite appends those of a new day
/// (docs/decisions/0028-robots-pages.md).
struct DayTable {
  /// The number of low bits of an id that are the place within the day.
  static let placeBits = 24
  /// The number of a day that is added to `day`, as an expression in SQL.
  static let nextDay = "(SELECT coalesce(max(number), 0) + 1 FROM day)"

  /// The name of the table.
  let name: String

  /// The condition that a row of the table belongs to a row of `day`.
  var isOfDay: String {
    "\(name).id BETWEEN (day.number << \(Self.placeBits)) AND ((day.number << \(Self.placeBits)) + \(1 << Self.placeBits - 1))"
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
  ///   - columns: the number of columns behind the id.
  ///   - body: passes each row without its id to the closure that it is given.
  func insertRows(
    columns: Int, site: UInt32, day: Int32, _ db: Database, _ body: ((Span<Int64>) throws -> Void) throws -> Void
  ) throws {
    var insert: RowInsert?
    var row: [Int64] = []
    try body { numbers in
      if insert == nil {
        insert = try RowInsert(into: name, columns: 1 + columns, db)
        row = [try number(site: site, day: day, db) << Int64(Self.placeBits)] + Array(repeating: 0, count: columns)
      } else {
        row[0] += 1
        guard row[0] & (1 << Int64(Self.placeBits) - 1) != 0 else { throw damage }
      }
      for index in 0..<columns { row[1 + index] = numbers[index] }
      try insert?.add(row.span)
    }
    try insert?.finish()
  }

  private func number(site: UInt32, day: Int32, _ db: Database) throws -> Int64 {
    let number = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT number FROM day WHERE site = ? AND day = ?"), arguments: [Int64(site), day])
    guard let number else { throw damage }
    return number
  }

  /// Deletes the rows of a day.
  func delete(site: UInt32, day: Int32, _ db: Database) throws {
    let delete = try RowStatement(
      """
      DELETE FROM \(name) WHERE id BETWEEN
        (SELECT number << \(Self.placeBits) FROM day WHERE site = ?1 AND day = ?2)
        AND (SELECT (number << \(Self.placeBits)) + \(1 << Self.placeBits - 1) FROM day WHERE site = ?1 AND day = ?2)
      """, db)
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

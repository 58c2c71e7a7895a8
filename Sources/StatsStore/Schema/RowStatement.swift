import GRDB
import GRDBSQLite

/// A statement that is run for row after row and passes values to SQLite directly.
///
/// For each run, GRDB boxes the values in an array, checks it against the statement and unboxes it in nested
/// closures. That costs several times as much as SQLite's own work on the row (docs/performance.md). GRDB still
/// compiles and caches the statement.
@safe
struct RowStatement {
  private let db: Database
  private let statement: Statement
  // Safe because the statement, which frees the handle, is stored beside it.
  private let handle: OpaquePointer

  init(_ sql: String, _ db: Database) throws {
    self.db = db
    statement = try db.cachedStatement(sql: sql)
    unsafe handle = statement.sqliteStatement
  }

  /// Runs the statement to its end with numbers for all of its parameters.
  func execute(_ numbers: Span<Int64>) throws {
    defer { reset() }
    try bind(numbers)
    while try step() {}
  }

  /// Calls `body` with the numbers of each row, with numbers for all parameters.
  func forEachRow(_ numbers: Span<Int64>, columns: Int, _ body: (Span<Int64>) throws -> Void) throws {
    defer { reset() }
    try bind(numbers)
    var row = [Int64](repeating: 0, count: columns)
    while try step() {
      // Safe because SQLite checks the indices.
      for index in row.indices { row[index] = unsafe sqlite3_column_int64(handle, Int32(index)) }
      try body(row.span)
    }
  }

  /// Returns whether there is a row, with numbers for all parameters.
  func hasRow(_ numbers: Span<Int64>) throws -> Bool {
    defer { reset() }
    try bind(numbers)
    return try step()
  }

  /// Inserts rows, with a text for each parameter.
  ///
  /// - Parameter ranges: the ranges of the texts within the bytes.
  /// - Returns: the last row's id; nil if the statement inserted fewer rows than there are texts.
  func insert(_ bytes: Span<UInt8>, _ ranges: [Range<Int>]) throws -> Int64? {
    try withBound(bytes, ranges) {
      while try step() {}
      // Safe because the connection lives as long as its statements.
      let connection = unsafe sqlite3_db_handle(handle)
      return unsafe Int(sqlite3_changes(connection)) == ranges.count ? sqlite3_last_insert_rowid(connection) : nil
    }
  }

  /// Returns the number in the first column of the first row, with a text for the only parameter; nil if there is
  /// no row.
  func number(of bytes: Span<UInt8>, _ range: Range<Int>) throws -> Int64? {
    try withBound(bytes, [range]) {
      // Safe because the row is the statement's current one.
      try step() ? unsafe sqlite3_column_int64(handle, 0) : nil
    }
  }

  /// Calls `body` with the text in the first column of the first row, with a number for the only parameter.
  ///
  /// - Returns: false, without calling `body`, if there is no row.
  func withText(of number: Int64, _ body: (Span<UInt8>) throws -> Void) throws -> Bool {
    defer { reset() }
    let numbers: [1 of Int64] = [number]
    try bind(numbers.span)
    guard try step() else { return false }
    // Safe because SQLite keeps the text, of exactly this many bytes, until the statement is reset.
    let start = unsafe sqlite3_column_blob(handle, 0)
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, 0)))
    try body(unsafe bytes.bindMemory(to: UInt8.self).span)
    return true
  }

  private func bind(_ numbers: Span<Int64>) throws {
    // Safe because SQLite checks the indices. Parameters without a number would be NULL.
    guard unsafe sqlite3_bind_parameter_count(handle) == Int32(numbers.count) else { throw failure(SQLITE_RANGE) }
    for index in numbers.indices {
      try check(unsafe sqlite3_bind_int64(handle, Int32(index + 1), numbers[index]))
    }
  }

  private func withBound<Value>(
    _ text: Span<UInt8>, _ ranges: [Range<Int>], _ body: () throws -> Value
  ) throws -> Value {
    precondition(ranges.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= text.count })
    guard unsafe sqlite3_bind_parameter_count(handle) == Int32(ranges.count) else { throw failure(SQLITE_RANGE) }
    return try unsafe text.withUnsafeBytes { bytes in
      // An empty text may have no address, and without an address SQLite would bind NULL.
      let empty: StaticString = ""
      let start = unsafe bytes.baseAddress ?? UnsafeRawPointer(empty.utf8Start)
      // Safe because the ranges were checked, and the statement is reset and its bindings are cleared before the
      // bytes are freed.
      defer {
        reset()
        unsafe sqlite3_clear_bindings(handle)
      }
      for (index, range) in ranges.enumerated() {
        let text = unsafe (start + range.lowerBound).assumingMemoryBound(to: CChar.self)
        try check(unsafe sqlite3_bind_text(handle, Int32(index + 1), text, Int32(range.count), nil))
      }
      return try body()
    }
  }

  /// Advances to the next row and returns whether there is one.
  private func step() throws -> Bool {
    let code = unsafe sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    throw failure(code)
  }

  private func check(_ code: Int32) throws {
    if code != SQLITE_OK { throw failure(code) }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: statement.sql)
  }

  /// Ends the run. ``step()`` has already reported any error.
  private func reset() {
    unsafe sqlite3_reset(handle)
  }
}

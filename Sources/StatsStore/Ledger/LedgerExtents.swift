import GRDB

/// Lines of a stream that one import added.
struct LedgerExtent: Equatable {
  /// The numbers of the lines in the stream, from 0.
  var lines: Range<Int>
  /// The import; 0 for lines of an undone import that are known only by the id of their block.
  var importID: Int64
}

extension DatabaseLedger {
  /// Records which import appended lines to a stream. The extents of a stream follow each other without gaps.
  func noteExtent(ofImport id: Int64, stream: Int64, lines: Int) throws {
    let last = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT first_line, lines, import FROM extent WHERE stream = ? ORDER BY first_line DESC LIMIT 1"),
      arguments: [stream])
    if let last, last["import"] as Int64 == id {
      try db.execute(
        sql: "UPDATE extent SET lines = lines + ? WHERE stream = ? AND first_line = ?",
        arguments: [lines, stream, last["first_line"] as Int])
    } else {
      let first = last.map { ($0["first_line"] as Int) + ($0["lines"] as Int) } ?? 0
      try store(LedgerExtent(lines: first..<first + lines, importID: id), stream: stream)
    }
  }

  /// Returns the extents of a stream in order.
  func extents(ofStream stream: Int64) throws -> [LedgerExtent] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT first_line, lines, import FROM extent WHERE stream = ? ORDER BY first_line",
      arguments: [stream])
    return rows.map { row in
      let first: Int = row["first_line"]
      return LedgerExtent(lines: first..<first + (row["lines"] as Int), importID: row["import"])
    }
  }

  /// Replaces the extents of a stream.
  func replaceExtents(ofStream stream: Int64, with extents: [LedgerExtent]) throws {
    try db.execute(sql: "DELETE FROM extent WHERE stream = ?", arguments: [stream])
    for extent in extents { try store(extent, stream: stream) }
  }

  private func store(_ extent: LedgerExtent, stream: Int64) throws {
    try db.execute(
      sql: "INSERT INTO extent VALUES(?, ?, ?, ?)",
      arguments: [stream, extent.lines.lowerBound, extent.lines.count, extent.importID])
  }
}

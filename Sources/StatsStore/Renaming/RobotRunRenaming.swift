import GRDB
import Hits

/// Renames the pages of the requests of robots, and of readers of feeds, on open days.
///
/// Requests with the same name are added up as if they had been imported under it.
struct RobotRunRenaming {
  /// A table of requests with its columns.
  private struct Table {
    let name: String
    let keys: [String]
    let measures: [String]
    /// What is done where there is a row with the same key.
    let change: String
  }

  private static let tables = [
    Table(
      name: "robot_run", keys: ["import", "robot", "page", "thing", "answer"], measures: ["requests", "bytes"],
      change: "UPDATE SET requests = requests + excluded.requests, bytes = bytes + excluded.bytes"),
    Table(
      name: "feed_run", keys: ["import", "robot", "page", "reader"], measures: ["requests", "subscribers"],
      change: """
        UPDATE SET requests = requests + excluded.requests, subscribers = max(subscribers, excluded.subscribers)
        """),
  ]

  /// The place of the page in the keys of both tables.
  private static let page = 2

  let pages: RenamedIDs

  /// Renames the requests of a day, and returns whether any changes.
  ///
  /// - Parameter writes: whether the requests are changed.
  func rename(site: UInt32, day: Int32, writes: Bool, _ db: Database) throws -> Bool {
    var isChanged = false
    for table in Self.tables {
      if try rename(table, [Int64(site), Int64(day)], writes: writes, db) { isChanged = true }
    }
    return try renamePieces(site: site, day: day, writes: writes, db) || isChanged
  }

  /// Renames the requests of a day that are packed.
  private func renamePieces(site: UInt32, day: Int32, writes: Bool, _ db: Database) throws -> Bool {
    try PieceRewriting.rewrite("robot_piece", site: site, day: day, writes: writes, db) { piece in
      var isChanged = false
      let entries = try renamed(piece, day, &isChanged)
      return isChanged ? RobotRunCodec.pack(RobotRunCodec.sums(entries)) : nil
    }
  }

  private func renamed(_ piece: [UInt8], _ day: Int32, _ isChanged: inout Bool) throws -> [RobotRunCodec.Entry] {
    var entries: [RobotRunCodec.Entry] = []
    var reader = RobotRunReader(piece)
    do {
      while var entry = try reader.next() {
        let page = try pages.id(of: Int64(entry.page))
        if page != Int64(entry.page) { isChanged = true }
        // Numbers of names that are not in the dictionary are negative; they are not written.
        entry.page = UInt32(clamping: page)
        entries.append(entry)
      }
    } catch is RunPieceReader.Damage {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "the requests of robots of \(DayName.name(day)) are damaged")
    }
    return entries
  }

  private func rename(_ table: Table, _ place: [Int64], writes: Bool, _ db: Database) throws -> Bool {
    let columns = table.keys + table.measures
    let read = try RowStatement(
      "SELECT \(columns.joined(separator: ", ")) FROM \(table.name) WHERE site = ? AND day = ?", db)
    var renamed: [(row: [Int64], page: Int64)] = []
    try read.forEachRow(place.span, columns: columns.count) { row in
      let page = try pages.id(of: row[Self.page])
      if page != row[Self.page] { renamed.append((row.indices.map { row[$0] }, page)) }
    }
    guard !renamed.isEmpty, writes else { return !renamed.isEmpty }
    let keys = table.keys.map { "\($0) = ?" }.joined(separator: " AND ")
    let delete = try RowStatement("DELETE FROM \(table.name) WHERE site = ? AND day = ? AND \(keys)", db)
    for (row, _) in renamed {
      let key = place + row.prefix(table.keys.count)
      try delete.execute(key.span)
    }
    var insert = try RowInsert(into: table.name, columns: 2 + columns.count, onConflict: table.change, db)
    for (row, page) in renamed {
      var row = row
      row[Self.page] = page
      try insert.add((place + row).span)
    }
    try insert.finish()
    return true
  }
}

import GRDB
import Hits

extension StatsStore {
  private static let unfinished = "sealing"

  /// How many rows a transaction changes before it ends with a day: small days share one, since each costs the disk a wait.
  private static let sealedRowsPerTransaction = 1_000

  /// Seals days that are counted: deletes their hits, and the line hashes that no open day needs, whole days in a transaction.
  ///
  /// What was deleted may still lie in the journal until ``emptyJournal()`` has succeeded.
  /// - Returns: the days but for those that are not open or not counted, of which nothing is changed.
  public func seal(_ days: [OpenDay]) throws -> [OpenDay] {
    var sealed: [OpenDay] = []
    var rest = days[...]
    while !rest.isEmpty {
      try write { db in
        let before = db.totalChangesCount
        while let day = rest.first, db.totalChangesCount - before < Self.sealedRowsPerTransaction {
          if try Self.seal(day, db) { sealed.append(day) }
          rest.removeFirst()
        }
      }
    }
    return sealed
  }

  private static func seal(_ day: OpenDay, _ db: Database) throws -> Bool {
    try db.execute(
      sql: "UPDATE day SET state = 'sealed' WHERE site = ? AND day = ? AND state = 'open' AND dirty = 0",
      arguments: [Int64(day.site), day.day])
    guard db.changesCount == 1 else { return false }
    try deleteTraces(site: day.site, day: day.day, db)
    return true
  }

  /// Deletes the hits of a day that was just sealed, and notes that journal, texts and salt are still to be swept.
  static func deleteTraces(site: UInt32, day: Int32, _ db: Database) throws {
    try db.execute(sql: "DELETE FROM run WHERE site = ? AND day = ?", arguments: [Int64(site), day])
    try BotCounts.deleteRuns(site: site, day: day, db)
    try DatabaseLedger(db: db).releaseBlocks(on: day)
    try noteUnswept(db)
  }

  /// Notes that something was deleted of which traces may be left.
  static func noteUnswept(_ db: Database) throws {
    try db.execute(sql: "INSERT OR REPLACE INTO setting VALUES(?, 'unfinished')", arguments: [unfinished])
  }

  /// Whether traces of what was deleted may be left, because sealing was interrupted.
  public func isUnswept() throws -> Bool {
    try setting(Self.unfinished) != nil
  }

  /// Notes that no traces are left.
  public func noteSwept() throws {
    try write { db in
      try db.execute(sql: "DELETE FROM setting WHERE name = ?", arguments: [Self.unfinished])
    }
  }

  /// Deletes texts that nothing names any more, and the hashes of lines that belong to no open day.
  public func sweep() throws {
    dictionary.forget()
    try write { db in
      try DatabaseLedger(db: db).releaseSettledBlocks()
      try TextSweep(db).run()
    }
  }

  /// Moves everything from the journal into the file and empties the journal, so that it holds no deleted rows.
  ///
  /// Waits for readers for a second only, since the next command tries again.
  /// Source: <https://www.sqlite.org/pragma.html#pragma_wal_checkpoint>.
  /// - Returns: false where a reader kept it from being emptied.
  public func emptyJournal() throws -> Bool {
    do {
      return try exclusively {
        try queue.inDatabase { db in
          try db.execute(sql: "PRAGMA busy_timeout = 1000")
          return try Bool.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == false
        }
      }
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }
}

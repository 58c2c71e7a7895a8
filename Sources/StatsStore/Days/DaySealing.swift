import GRDB
import Hits

extension StatsStore {
  private static let unfinished = "sealing"

  /// The number of changed rows after which a transaction ends with the current day. Small days share a
  /// transaction, because each transaction waits for the disk.
  private static let sealedRowsPerTransaction = 1_000

  /// Seals counted days: deletes their hits and the line hashes that no open day needs, with whole days in each
  /// transaction.
  ///
  /// Deleted data may remain in the journal until ``emptyJournal()`` has succeeded.
  /// - Returns: the sealed days. Days that are not open, or not counted, are left unchanged.
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

  /// Deletes the hits of a day that was just sealed, and records that journal, texts and salt must still be swept.
  static func deleteTraces(site: UInt32, day: Int32, _ db: Database) throws {
    try db.execute(sql: "DELETE FROM run WHERE site = ? AND day = ?", arguments: [Int64(site), day])
    try RobotRuns.delete(site: site, day: day, db)
    try DatabaseLedger(db: db).releaseBlocks(on: day)
    try noteUnswept(db)
  }

  /// Records that traces of deleted data may remain.
  static func noteUnswept(_ db: Database) throws {
    try db.execute(sql: "INSERT OR REPLACE INTO setting VALUES(?, 'unfinished')", arguments: [unfinished])
  }

  /// Returns whether traces of deleted data may remain because sealing was interrupted.
  public func isUnswept() throws -> Bool {
    try setting(Self.unfinished) != nil
  }

  /// Records that no traces remain.
  public func noteSwept() throws {
    try write { db in
      try db.execute(sql: "DELETE FROM setting WHERE name = ?", arguments: [Self.unfinished])
    }
  }

  /// Deletes texts that are no longer used, and the hashes of lines that belong to no open day.
  public func sweep() throws {
    dictionary.forget()
    try write { db in
      try DatabaseLedger(db: db).releaseSettledBlocks()
      try TextSweep(db).run()
    }
  }

  /// Moves everything from the journal into the file and empties the journal, so that it holds no deleted rows.
  ///
  /// Waits for readers for only a second, because the next command tries again. Source:
  /// <https://www.sqlite.org/pragma.html#pragma_wal_checkpoint>.
  /// - Returns: false if a reader prevented it.
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

import GRDB
import Hits

/// What undoing an import deletes, or has deleted.
public struct UndoEffect: Sendable {
  /// A day for which the import counted lines.
  public struct Day: Sendable {
    /// The site's id.
    public var site: UInt32
    /// The site's main host.
    public var host: String
    /// Days since 1970-01-01.
    public var day: Int32
    /// Whether it is sealed, in which case nothing can be removed from it.
    public var isSealed: Bool
    /// The number of its page views that the import added.
    public var pageviews: Int64
  }

  /// The days, by site and day.
  public var days: [Day]
  /// The number of lines that become new again.
  public var lines: Int
  /// The parts of the statistics of other programs that it brought.
  public var past: [PastExtent]
  /// Later imports that read known lines of these days. Some of those lines may be from this import.
  public var laterImports: [Int64]
}

extension StatsStore {
  /// Returns what undoing an import would delete.
  public func effectOfUndoing(_ id: Int64) throws -> UndoEffect {
    try read { db in
      let lines = try Int.fetchOne(
        db, sql: "SELECT coalesce(sum(lines), 0) FROM extent WHERE import = ?", arguments: [id])
      let later = """
        SELECT DISTINCT import FROM outcome JOIN import_file ON import_file.id = file
        WHERE import > ? AND outcome = 'already_imported' AND (site, day) IN (
          SELECT site, day FROM outcome JOIN import_file ON import_file.id = file WHERE import = ?)
        ORDER BY import
        """
      return UndoEffect(
        days: try Self.days(of: id, db), lines: lines ?? 0, past: try PastExtent.all(ofImport: id, db),
        laterImports: try Int64.fetchAll(db, sql: later, arguments: [id, id]))
    }
  }

  /// Removes an import from the database: its hits, its lines in the ledger, its books, and sites that imports
  /// created and that are empty now.
  ///
  /// Days that keep hits of other imports are marked dirty.
  /// - Precondition: none of its days is sealed.
  public func undo(_ id: Int64) throws {
    dictionary.forget()
    try write { db in
      let days = try Self.days(of: id, db)
      precondition(!days.contains { $0.isSealed })
      for day in days { try Self.takeOut(id, of: day, db) }
      try LedgerUndo(import: id, db).run()
      try Self.removePast(ofImport: id, db)
      try Self.forgetFiles(db)
      // With --create-sites there may be many.
      let sites = try Int64.fetchAll(db, sql: "SELECT id FROM site WHERE by_import")
      let files = "(SELECT id FROM import_file WHERE import = ?)"
      try db.execute(sql: "DELETE FROM outcome WHERE file IN \(files)", arguments: [id])
      try db.execute(sql: "DELETE FROM import_file WHERE import = ?", arguments: [id])
      try db.execute(sql: "DELETE FROM import WHERE id = ?", arguments: [id])
      try Self.deleteEmptyDays(among: days, db)
      for site in sites { try Self.deleteSiteIfUnused(site, db) }
      try Self.noteUnswept(db)
    }
  }

  /// Returns the days whose lines this import was the first to add.
  private static func days(of id: Int64, _ db: Database) throws -> [UndoEffect.Day] {
    let sql = """
      SELECT outcome.site, host, outcome.day, state <> 'open' AS sealed,
        sum(CASE outcome WHEN 'pageview' THEN lines ELSE 0 END) AS pageviews
      FROM outcome JOIN import_file ON import_file.id = file
        JOIN site ON site.id = outcome.site
        JOIN day ON day.site = outcome.site AND day.day = outcome.day
      WHERE import = ? AND outcome NOT IN \(Outcome.bringingNothing)
      GROUP BY outcome.site, outcome.day ORDER BY host, outcome.day
      """
    return try Row.fetchAll(db, sql: sql, arguments: [id]).map { row in
      UndoEffect.Day(
        site: UInt32(row["site"] as Int64), host: row["host"], day: row["day"], isSealed: row["sealed"],
        pageviews: row["pageviews"])
    }
  }

  private static func takeOut(_ id: Int64, of day: UndoEffect.Day, _ db: Database) throws {
    try db.execute(
      sql: "DELETE FROM run WHERE site = ? AND day = ? AND import = ?", arguments: [Int64(day.site), day.day, id])
    try RobotRuns.delete(site: day.site, day: day.day, import: id, db)
    try db.execute(
      sql: "DELETE FROM hour_lines WHERE site = ? AND day = ? AND import = ?",
      arguments: [Int64(day.site), day.day, id])
    try db.execute(
      sql: "UPDATE day SET dirty = 1 WHERE site = ? AND day = ?", arguments: [Int64(day.site), day.day])
  }

  /// Deletes days for which no other import has added lines.
  private static func deleteEmptyDays(among days: [UndoEffect.Day], _ db: Database) throws {
    let sql = "SELECT DISTINCT site, day FROM outcome WHERE outcome NOT IN \(Outcome.bringingNothing)"
    let rest = Set(try Row.fetchAll(db, sql: sql).map { [$0["site"] as Int64, $0["day"] as Int64] })
    for day in days where !rest.contains([Int64(day.site), Int64(day.day)]) {
      try deleteStatistics(site: day.site, day: day.day, db)
      try db.execute(
        sql: "DELETE FROM day WHERE site = ? AND day = ?", arguments: [Int64(day.site), day.day])
    }
  }

  private static func deleteSiteIfUnused(_ site: Int64, _ db: Database) throws {
    let isUsed = try Bool.fetchOne(
      db,
      sql: """
        SELECT NOT by_import OR EXISTS(SELECT 1 FROM day WHERE site = site.id)
          OR EXISTS(SELECT 1 FROM import WHERE import.site = site.id)
          OR EXISTS(SELECT 1 FROM past_series WHERE past_series.site = site.id)
          OR EXISTS(SELECT 1 FROM outcome WHERE outcome.site = site.id)
        FROM site WHERE id = ?
        """, arguments: [site])
    guard isUsed == false else { return }
    try db.execute(sql: "DELETE FROM site_source WHERE site = ?", arguments: [site])
    try db.execute(sql: "DELETE FROM site_goal WHERE site = ?", arguments: [site])
    try db.execute(sql: "DELETE FROM site_funnel WHERE site = ?", arguments: [site])
    try db.execute(sql: "DELETE FROM month WHERE site = ?", arguments: [site])
    try db.execute(sql: "DELETE FROM site_host WHERE site = ?", arguments: [site])
    try db.execute(sql: "DELETE FROM site WHERE id = ?", arguments: [site])
  }
}

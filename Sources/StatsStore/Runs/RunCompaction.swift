import GRDB
import Hits

extension StatsStore {
  /// The number of hits from which a run is left as it is. This limits how often a hit is rewritten.
  static let hitsOfLargeRun: Int64 = 100_000
  /// The number of small runs of a day that are left as they are.
  static let smallRuns = 16

  /// Joins the small runs of a day that one import added in many commits, as imports of the collect API do, into
  /// one run.
  ///
  /// The counts stay the same: ``RunMerge`` would join the same hits when the day is counted.
  public func compactRuns() throws {
    try write { db in
      let days = try Row.fetchAll(
        db,
        sql: """
          SELECT site, day, import FROM run WHERE piece = 0 AND hits < ?1
          GROUP BY site, day, import HAVING count(*) > ?2
          """, arguments: [Self.hitsOfLargeRun, Self.smallRuns])
      for row in days {
        try RunCompaction(site: UInt32(row["site"] as Int64), day: row["day"], importID: row["import"]).run(db)
      }
    }
  }
}

/// Joins the small runs of one day and import into one run.
private struct RunCompaction {
  let site: UInt32
  let day: Int32
  let importID: Int64

  func run(_ db: Database) throws {
    let small = try Int64.fetchAll(
      db,
      sql: """
        SELECT run FROM run WHERE site = ? AND day = ? AND import = ? GROUP BY run HAVING sum(hits) < ? ORDER BY run
        """, arguments: [Int64(site), day, importID, StatsStore.hitsOfLargeRun])
    guard small.count > 1 else { return }
    var writer = RunWriter()
    do {
      var merge = try RunMerge(site: site, day: day, runs: small, db)
      var visitor = RunMerge.VisitorHits()
      while try merge.next(&visitor) { writer.add(visitor, site: site, day: day) }
    } catch is RunPieceReader.Damage {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the hits of \(DayName.name(day)) are damaged")
    }
    for run in small {
      try db.execute(
        sql: "DELETE FROM run WHERE site = ? AND day = ? AND run = ?", arguments: [Int64(site), day, run])
    }
    try writer.write(import: importID, db)
  }
}

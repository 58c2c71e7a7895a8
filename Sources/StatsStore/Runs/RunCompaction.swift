import GRDB
import Hits

extension StatsStore {
  /// How many hits a run has at least that is left as it is: it bounds how often a hit is written again.
  static let hitsOfLargeRun: Int64 = 100_000
  /// How many small runs of a day are left as they are.
  static let smallRuns = 16

  /// Makes one run of the small runs of a day that one import has brought in many commits, as the collect API's do.
  ///
  /// What counts of them stays the same: ``RunMerge`` would put the same hits together when the day is counted.
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

/// Makes one run of the small runs of one day and import.
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

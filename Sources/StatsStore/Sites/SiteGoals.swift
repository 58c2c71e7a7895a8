import GRDB
import Hits

extension StatsStore {
  /// Adds goals to a site, and removes others from it. Nothing is counted anew: the statistics hold all events and pages.
  public func changeGoals(of site: SiteProfile, adding added: [SiteGoal], removing removed: [SiteGoal]) throws {
    guard !(added + removed).isEmpty else { return }
    try write { db in
      for goal in removed {
        try db.execute(
          sql: "DELETE FROM site_goal WHERE site = ? AND kind = ? AND value = ?",
          arguments: [Int64(site.id), goal.kind.rawValue, goal.value])
      }
      try Self.insert(added, ofSite: Int64(site.id), db)
    }
  }

  static func insert(_ goals: [SiteGoal], ofSite id: Int64, _ db: Database) throws {
    for goal in goals {
      try db.execute(
        sql: "INSERT OR IGNORE INTO site_goal(site, kind, value) VALUES(?, ?, ?)",
        arguments: [id, goal.kind.rawValue, goal.value])
    }
  }

  /// Returns the goals of a site, in order.
  static func goals(ofSite id: Int64, _ db: Database) throws -> [SiteGoal] {
    try Row.fetchAll(db, sql: "SELECT kind, value FROM site_goal WHERE site = ? ORDER BY kind, value", arguments: [id])
      .compactMap { row in SiteGoal.Kind(rawValue: row[0]).map { SiteGoal($0, row[1]) } }
  }
}

import GRDB
import Hits

extension StatsStore {
  /// Sets the funnels of a site, and marks its open days dirty so that they are recounted.
  public func setFunnels(_ funnels: [Funnel], of site: SiteProfile) throws {
    guard Set(funnels) != Set(site.funnels) else { return }
    let id = Int64(site.id)
    try write { db in
      try db.execute(sql: "DELETE FROM site_funnel WHERE site = ?", arguments: [id])
      try Self.insert(funnels, ofSite: id, db)
      try db.execute(sql: "UPDATE day SET dirty = 1 WHERE site = ? AND state = 'open'", arguments: [id])
    }
  }

  static func insert(_ funnels: [Funnel], ofSite id: Int64, _ db: Database) throws {
    for funnel in funnels {
      for (index, (step, steps)) in zip(funnel.steps, funnel.sequences).enumerated() {
        try db.execute(
          sql: "INSERT INTO site_funnel(site, name, number, step, steps) VALUES(?, ?, ?, ?, ?)",
          arguments: [id, funnel.name, index + 1, step.text, steps])
      }
    }
  }

  /// Returns the funnels of a site, in order of their names.
  static func funnels(ofSite id: Int64, _ db: Database) throws -> [Funnel] {
    let texts = try Row.fetchAll(
      db, sql: "SELECT name, steps, max(number) FROM site_funnel WHERE site = ? GROUP BY name ORDER BY name",
      arguments: [id])
    return texts.compactMap { Funnel("\($0[0] as String): \($0[1] as String)") }
  }
}

import GRDB
import Hits
import Rollups

extension StatsStore {
  /// Returns what renaming the stored texts would change.
  public func effectOfRenaming(by renaming: Renaming) throws -> RenamedTexts {
    let sites = try sites()
    return try read { db in
      var dictionary = TextDictionary()
      return try DatabaseRenaming(renaming: renaming, writes: false, db: db).run(sites, &dictionary)
    }
  }

  /// Renames the stored texts of all days, sealed ones included, in one transaction.
  ///
  /// Open days are counted again from their hits. In sealed days, rows with the same name are joined. Texts that nothing
  /// uses any more are overwritten; traces of them may remain in the journal until ``emptyJournal()`` has succeeded.
  /// - Returns: what has changed.
  public func rename(by renaming: Renaming) throws -> RenamedTexts {
    let sites = try sites()
    dictionary.forget()
    return try write { db in
      let renamed = try DatabaseRenaming(renaming: renaming, writes: true, db: db).run(sites, &dictionary)
      guard !renamed.isEmpty else { return renamed }
      // The ids of deleted texts are void.
      dictionary.forget()
      try TextSweep(db).rewrite()
      try Self.noteUnswept(db)
      return renamed
    }
  }
}

/// Renames all texts of a database, or only counts what that would change.
private struct DatabaseRenaming {
  let renaming: Renaming
  let writes: Bool
  let db: Database

  func run(_ sites: [SiteProfile], _ dictionary: inout TextDictionary) throws -> RenamedTexts {
    var renamed = RenamedTexts(sites: [])
    for site in sites {
      let effect = try rename(site, &dictionary)
      if effect.sealedDays + effect.openDays > 0 || !effect.values.isEmpty { renamed.sites.append(effect) }
    }
    return renamed
  }

  private func rename(_ site: SiteProfile, _ dictionary: inout TextDictionary) throws -> RenamedTexts.Site {
    let stored = try StoredTexts(db)
    let ids = Dictionary(
      uniqueKeysWithValues: TextRole.allCases.map {
        ($0, RenamedIDs($0, renaming, site: site.id, stored, adds: writes))
      })
    let days = try Row.fetchAll(
      db, sql: "SELECT day, state = 'open' FROM day WHERE site = ? AND state <> 'pruned' ORDER BY day",
      arguments: [Int64(site.id)]
    ).map { (day: $0[0] as Int32, isOpen: $0[1] as Bool) }
    var effect = RenamedTexts.Site(host: site.host)
    let changed = try renameStatistics(of: site.id, days, ids, &effect)
    let sealed = days.filter { !$0.isOpen && changed.contains($0.day) }
    effect.sealedDays = sealed.count
    if writes { for (day, _) in sealed { try MonthSums.forget(site: site.id, days: day...day, db) } }
    var rows = DayRows()
    for (day, _) in days.filter(\.isOpen) where try renameHits(of: site.id, day, ids) {
      effect.openDays += 1
      guard writes else { continue }
      try DayRebuild(site: site.id, day: day, calendar: site.calendar, rules: site.rules)
        .run(nil, &rows, &dictionary, db)
    }
    try rows.insert(db)
    effect.values += try PastRenaming(site: site.id, ids, db).rename(writes: writes)
    return effect
  }

  /// Renames the statistics of sealed days. Those of open days are only read for the effect, because they are counted
  /// again.
  ///
  /// - Returns: the days that change.
  private func renameStatistics(
    of site: UInt32, _ days: [(day: Int32, isOpen: Bool)], _ ids: [TextRole: RenamedIDs],
    _ effect: inout RenamedTexts.Site
  ) throws -> Set<Int32> {
    var changed: Set<Int32> = []
    let totals = try totals(of: site)
    // One dimension after the other, as the table is ordered.
    for dimension in Dimension.stored {
      guard let role = TextRole(dimension), let ids = ids[role] else { continue }
      var rows = try AggregateRenaming(site: site, dimension, ids, db)
      for (day, isOpen) in days {
        if try rows.rename(day, total: totals[day], writes: writes && !isOpen) { changed.insert(day) }
      }
      if let values = rows.effect { effect.values.append(values) }
    }
    if let pages = ids[.page] {
      var rows = RobotPageRenaming(site: site, pages, db)
      for (day, isOpen) in days where try rows.rename(day, writes: writes && !isOpen) { changed.insert(day) }
      if let values = rows.effect { effect.values.append(values) }
    }
    // A day's cubes may have values that its lists leave to the rest.
    for cube in Cube.allCases {
      let cells = CubeRenaming(site: site, cube, ids, db)
      for (day, isOpen) in days where try cells.rename(day, writes: writes && !isOpen) { changed.insert(day) }
    }
    return changed
  }

  /// Returns whether the hits of an open day, or its requests of robots, change.
  private func renameHits(of site: UInt32, _ day: Int32, _ ids: [TextRole: RenamedIDs]) throws -> Bool {
    guard let pages = ids[.page], let acquisitions = ids[.acquisition], let events = ids[.values] else { return false }
    let hits = try HitRenaming(pages: pages, acquisitions: acquisitions, events: events)
      .rename(site: site, day: day, writes: writes, db)
    let robots = try RobotRunRenaming(pages: pages).rename(site: site, day: day, writes: writes, db)
    return hits || robots
  }

  private func totals(of site: UInt32) throws -> [Int32: Counts] {
    let sql = "SELECT day, visitors, visits, seen_loading FROM agg WHERE site = ? AND dim = ?"
    let rows = try Row.fetchAll(db, sql: sql, arguments: [Int64(site), Dimension.total.rawValue])
    return Dictionary(
      uniqueKeysWithValues: rows.map { row in
        var counts = Counts()
        (counts.visitors, counts.visits, counts.seenLoading) = (row[1], row[2], row[3])
        return (row[0], counts)
      })
  }
}

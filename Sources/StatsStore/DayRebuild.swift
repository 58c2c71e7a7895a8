import GRDB
import Hits
import Rollups
import Sessions

extension StatsStore {
  /// How many values of a dimension a day keeps; the rest is added up as ``otherValues``.
  public static let valuesPerDay = 100_000
  /// What stands for all values of a day beyond ``valuesPerDay``.
  public static let otherValues = "(other)"

  /// Counts all days anew whose hits have changed since they were counted, each in a transaction of its own.
  ///
  /// A crash between import and rebuild leaves days dirty; the next command that writes calls this first.
  /// - Parameter limit: how many days to count at most.
  /// - Returns: how many days were counted.
  @discardableResult
  public func rebuildDirtyDays(limit: Int = .max, onDay: (Int32) -> Void = { _ in }) throws -> Int {
    let profiles = try sites()
    let dirty = try read { db in
      try Row.fetchAll(db, sql: "SELECT site, day FROM day WHERE dirty = 1 ORDER BY site, day")
        .map { (site: UInt32($0["site"] as Int64), day: $0["day"] as Int32) }
    }
    for entry in dirty.prefix(limit) {
      onDay(entry.day)
      guard let profile = profiles.first(where: { $0.id == entry.site }) else { continue }
      try write { db in
        try DayRebuild(site: entry.site, day: entry.day, calendar: profile.calendar, rules: profile.behaviour).run(db)
      }
    }
    return min(limit, dirty.count)
  }
}

/// Makes the statistics of one day from its runs.
struct DayRebuild {
  let site: UInt32
  let day: Int32
  let calendar: LocalCalendar
  /// By which robots are told by their behaviour.
  let rules: BehaviourRules

  func run(_ db: Database) throws {
    do {
      try replaceRows(try rollup(db), db)
    } catch is PieceReader.Damage {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the hits of \(DayName.name(day)) are damaged")
    }
    try db.execute(
      sql: "UPDATE day SET dirty = 0, behaviour = ? WHERE site = ? AND day = ?",
      arguments: [rules.text, Int64(site), day])
  }

  private func rollup(_ db: Database) throws -> (DayRollup, DayTexts) {
    let ids = try ids(db)
    var texts = try DayTexts(ids, db)
    texts.setHours(calendar, day: day)
    let behaviour = ids.behaviour
    var rollup = DayRollup(tables: texts.tables)
    var merge = try RunMerge(site: site, day: day, db)
    var visitor = RunMerge.VisitorHits()
    while try merge.next(&visitor) {
      guard !visitor.hits.isEmpty else { continue }
      if let rule = behaviour.verdict(hits: visitor.hits, signals: visitor.signals) {
        rollup.addRobot(rule: texts.behaviours[rule] ?? 0, hits: visitor.hits)
        continue
      }
      for index in visitor.hits.indices {
        let hit = visitor.hits[index]
        visitor.hits[index].page = texts.pages[hit.page] ?? 0
        visitor.hits[index].acquisition = texts.acquisitions[hit.acquisition] ?? 0
        if hit.kind.isEvent { visitor.hits[index].event = texts.events[hit.event] ?? 0 }
      }
      rollup.add(
        client: texts.clients[visitor.client] ?? 0, place: texts.places[visitor.place] ?? 0,
        hits: visitor.hits)
    }
    return (rollup, texts)
  }

  private func ids(_ db: Database) throws -> DayIDs {
    var ids = try DayIDs(rules: rules, db)
    var merge = try RunMerge(site: site, day: day, db)
    var visitor = RunMerge.VisitorHits()
    while try merge.next(&visitor) { try ids.insert(visitor) }
    return ids
  }

  private func replaceRows(_ counted: (rollup: DayRollup, texts: DayTexts), _ db: Database) throws {
    var values = RankedValues(counted.texts)
    try StatsStore.deleteStatistics(site: site, day: day, db)
    try insertAggregates(counted, &values, db)
    try insertCube(counted.rollup, &values, db)
    try BotCounts.count(site: site, day: day, db)
  }

  private func insertAggregates(
    _ counted: (rollup: DayRollup, texts: DayTexts), _ values: inout RankedValues, _ db: Database
  ) throws {
    let insert = try db.cachedStatement(sql: "INSERT INTO agg VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)")
    var rows: [(dimension: Int, value: Int64, counts: Counts)] = []
    for (key, counts) in counted.rollup.rows(cap: StatsStore.valuesPerDay, other: counted.texts.other) {
      let isNumber = key.dimension == .total || key.dimension == .hour
      let value = isNumber ? Int64(key.value) : try values.id(of: key.value, db)
      rows.append((Int(key.dimension.rawValue), value, counts))
    }
    rows.sort { ($0.dimension, $0.value) < ($1.dimension, $1.value) }
    for row in rows {
      try insert.execute(arguments: [
        Int64(site), row.dimension, day, row.value, row.counts.pageviews, row.counts.visitors,
        row.counts.visits, row.counts.bounces, row.counts.seconds,
      ])
    }
  }

  private func insertCube(_ rollup: DayRollup, _ values: inout RankedValues, _ db: Database) throws {
    let insert = try db.cachedStatement(sql: Cube.insert)
    var rows: [[Int64]] = []
    for cell in rollup.cells {
      let key = cell.key
      let ids = try [key.source, key.channel, key.country, key.browser, key.os, key.device].map {
        try values.id(of: $0, db)
      }
      rows.append([Int64(site), Int64(day)] + ids + cell.measures)
    }
    rows.sort { $0.lexicographicallyPrecedes($1) }
    for row in rows { try insert.execute(arguments: StatementArguments(row)) }
  }
}

/// The ids of ranked texts, looked up once each; those of pages are known.
private struct RankedValues {
  private let texts: [String]
  /// By rank; 0 where it is not known yet.
  private var ids: [Int64]
  private var dictionary = TextDictionary()

  init(_ texts: DayTexts) {
    self.texts = texts.texts
    ids = [Int64](repeating: 0, count: texts.texts.count)
    for (id, rank) in texts.pages where !texts.texts[Int(rank)].isEmpty { ids[Int(rank)] = Int64(id) }
  }

  mutating func id(of rank: UInt32, _ db: Database) throws -> Int64 {
    if ids[Int(rank)] == 0 { ids[Int(rank)] = try dictionary.id(of: texts[Int(rank)], in: db) }
    return ids[Int(rank)]
  }
}

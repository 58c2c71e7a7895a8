import GRDB
import Hits
import Rollups
import Sessions

extension StatsStore {
  /// How many values of a dimension a day keeps; the rest is added up as ``otherValues``.
  public static let valuesPerDay = 100_000
  /// What stands for all values of a day beyond ``valuesPerDay``.
  public static let otherValues = "(other)"

  /// How many rows a transaction changes before it ends with a day: small days share one, since each costs the disk a wait.
  private static let rowsPerTransaction = 10_000

  /// Counts all days anew whose hits have changed since they were counted, whole days in a transaction.
  ///
  /// A crash between import and rebuild leaves days dirty; the next command that writes calls this first.
  /// - Parameter limit: how many days to count at most.
  /// - Returns: how many days were counted.
  @discardableResult
  public func rebuildDirtyDays(limit: Int = .max, onDay: (Int32) -> Void = { _ in }) throws -> Int {
    let days = try dirtyDays(limit: limit)
    // Where others write, too, what threads would go by of the dictionary may be void.
    let counters = isOnlyWriter ? DayCounters(for: days, path: path) : nil
    var rest = days[...]
    var ahead: DaysAhead?
    defer { ahead?.giveUp() }
    while !rest.isEmpty {
      let first = rest.startIndex
      if ahead?.places.contains(first) != true { ahead = counters?.start(rest, dictionary) }
      // Waited for before the transaction, because nobody else can commit during it.
      let counted = ahead?.take(first)
      try write { db in
        // Where others write, too, ids that are remembered may be gone.
        if !isOnlyWriter { dictionary.forget() }
        let before = db.totalChangesCount
        while let day = rest.first, db.totalChangesCount - before < Self.rowsPerTransaction {
          // The next ones are started together, outside of the transaction.
          if let ahead, !ahead.places.contains(rest.startIndex) { break }
          onDay(day.rebuild.day)
          try day.rebuild.run(
            rest.startIndex == first ? counted : ahead?.take(rest.startIndex), &dictionary, db)
          rest.removeFirst()
        }
      }
    }
    return days.count
  }

  func dirtyDays(limit: Int = .max) throws -> [DayCounters.Day] {
    let profiles = try sites()
    let rows = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT site, day, (
            SELECT coalesce(sum(hits), 0) FROM run WHERE run.site = day.site AND run.day = day.day
          ) AS hits, (SELECT coalesce(max(id), 0) FROM dict) AS texts
          FROM day WHERE dirty = 1 ORDER BY site, day LIMIT ?
          """, arguments: [limit])
    }
    return rows.compactMap { row in
      let site = UInt32(row["site"] as Int64)
      guard let profile = profiles.first(where: { $0.id == site }) else { return nil }
      let rebuild = DayRebuild(site: site, day: row["day"], calendar: profile.calendar, rules: profile.behaviour)
      return DayCounters.Day(rebuild: rebuild, hits: row["hits"], texts: row["texts"])
    }
  }
}

/// Makes the statistics of one day from its runs.
struct DayRebuild {
  let site: UInt32
  let day: Int32
  let calendar: LocalCalendar
  /// By which robots are told by their behaviour.
  let rules: BehaviourRules

  /// Puts the day's statistics in the place of those before.
  ///
  /// - Parameter counted: what the day was found to come to before, which holds unless others have added hits since.
  func run(_ counted: CountedDay?, _ dictionary: inout TextDictionary, _ db: Database) throws {
    do {
      if let counted, try counted.runs == RunExtent(site: site, day: day, db) {
        try replaceRows((counted.rollup, counted.texts), &dictionary, db)
      } else {
        try replaceRows(try rollup(dictionary, db), &dictionary, db)
      }
    } catch is RunPieceReader.Damage {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the hits of \(DayName.name(day)) are damaged")
    }
    try db.cachedStatement(sql: "UPDATE day SET dirty = 0, behaviour = ? WHERE site = ? AND day = ?")
      .execute(arguments: [rules.text, Int64(site), day])
  }

  /// What the day's hits come to.
  func counted(_ dictionary: TextDictionary, _ db: Database) throws -> CountedDay {
    let (rollup, texts) = try rollup(dictionary, db)
    return CountedDay(rollup: rollup, texts: texts, runs: try RunExtent(site: site, day: day, db))
  }

  private func rollup(_ dictionary: TextDictionary, _ db: Database) throws -> (DayRollup, DayTexts) {
    let ids = try ids(dictionary, db)
    let behaviour = ids.behaviour
    var texts = try DayTexts(consume ids, dictionary, db)
    texts.setHours(calendar, day: day)
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
        visitor.hits[index].page = texts.pages[hit.page]
        visitor.hits[index].acquisition = texts.acquisitions[hit.acquisition]
        if hit.kind.isEvent { visitor.hits[index].event = texts.events[hit.event] }
      }
      rollup.add(client: texts.clients[visitor.client], place: texts.places[visitor.place], hits: visitor.hits)
    }
    return (rollup, texts)
  }

  private func ids(_ dictionary: TextDictionary, _ db: Database) throws -> DayIDs {
    var ids = try DayIDs(rules: rules, db)
    var merge = try RunMerge(site: site, day: day, db)
    var visitor = RunMerge.VisitorHits()
    while try merge.next(&visitor) { try ids.insert(visitor, dictionary) }
    return ids
  }

  private func replaceRows(
    _ counted: (rollup: DayRollup, texts: DayTexts), _ dictionary: inout TextDictionary, _ db: Database
  ) throws {
    let stored = try StoredTexts(db)
    var values = RankedValues(counted.texts, stored)
    try StatsStore.deleteStatistics(site: site, day: day, db)
    try insertAggregates(counted, &values, &dictionary, db)
    try insertCube(counted, &values, &dictionary, db)
    try BotCounts.count(site: site, day: day, &dictionary, stored, db)
  }

  private func insertAggregates(
    _ counted: (rollup: DayRollup, texts: DayTexts), _ values: inout RankedValues,
    _ dictionary: inout TextDictionary, _ db: Database
  ) throws {
    var insert = try RowInsert(into: "agg", columns: 9, db)
    try counted.rollup.forEachDimension(cap: StatsStore.valuesPerDay, other: counted.texts.other) { dimension, rows in
      let isNumber = dimension == .total || dimension == .hour
      var order: [(value: Int64, row: Int)] = []
      order.reserveCapacity(rows.count)
      for (index, row) in rows.enumerated() {
        order.append((isNumber ? Int64(row.value) : try values.id(of: row.value, counted.texts, &dictionary), index))
      }
      order.sort { $0.value < $1.value }
      for (value, row) in order {
        let counts = rows[row].counts
        try insert.add([
          Int64(site), Int64(dimension.rawValue), Int64(day), value, counts.pageviews, counts.visitors, counts.visits,
          counts.bounces, counts.seconds,
        ])
      }
    }
    try insert.finish()
  }

  private func insertCube(
    _ counted: (rollup: DayRollup, texts: DayTexts), _ values: inout RankedValues,
    _ dictionary: inout TextDictionary, _ db: Database
  ) throws {
    var insert = try RowInsert(into: "cube", columns: Cube.columns, db)
    var rows: [[Int64]] = []
    for cell in counted.rollup.cells {
      let key = cell.key
      let ids = try [key.source, key.channel, key.country, key.browser, key.os, key.device].map {
        try values.id(of: $0, counted.texts, &dictionary)
      }
      rows.append([Int64(site), Int64(day)] + ids + cell.measures)
    }
    rows.sort { $0.lexicographicallyPrecedes($1) }
    for row in rows { try insert.add(row.span) }
    try insert.finish()
  }
}

/// The ids of a day's ranked texts, looked up once each; those of pages are known.
private struct RankedValues {
  private let stored: StoredTexts
  /// By rank; 0 where it is not known yet.
  private var ids: [Int64]

  init(_ texts: DayTexts, _ stored: StoredTexts) {
    self.stored = stored
    ids = [Int64](repeating: 0, count: texts.count)
    for (id, rank) in texts.pages.pairs where !texts.withText(ofRank: rank, { $0.isEmpty }) {
      ids[Int(rank)] = Int64(id)
    }
  }

  /// - Parameter texts: the same ones; not kept here, because they would be copied for each text.
  mutating func id(
    of rank: UInt32, _ texts: borrowing DayTexts, _ dictionary: inout TextDictionary
  ) throws -> Int64 {
    if ids[Int(rank)] == 0 {
      let stored = stored
      ids[Int(rank)] = try texts.withText(ofRank: rank) { try dictionary.id(of: $0, in: stored) }
    }
    return ids[Int(rank)]
  }
}

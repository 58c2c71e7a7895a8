import GRDB
import Hits
import Rollups
import Sessions

extension StatsStore {
  /// The number of values of a dimension that a day keeps; the rest is summed up as ``otherValues``.
  public static let valuesPerDay = 100_000
  /// The number of pages that have cells of their own in a cube on a day.
  public static let pagesPerCube = 1_000
  /// The value that represents all values of a day beyond ``valuesPerDay``, or ``pagesPerCube``.
  public static let otherValues = "(other)"

  /// Recounts all days whose hits have changed since they were counted, with whole days in each transaction.
  ///
  /// A transaction takes as many days as ``DayRows`` inserts together: some 0.3 seconds, for which requests to the
  /// collect API wait.
  /// A crash between import and rebuild leaves days dirty; the next command that writes calls this first.
  /// - Parameter limit: the maximum number of days to count.
  /// - Returns: the number of days counted.
  @discardableResult
  public func rebuildDirtyDays(limit: Int = .max, onDay: (Int32) -> Void = { _ in }) throws -> Int {
    let days = try dirtyDays(limit: limit)
    // If others write, too, the dictionary that threads would use may be outdated.
    let counters = isOnlyWriter ? DayCounters(for: days, path: path) : nil
    var rest = days[...]
    var ahead: DaysAhead?
    defer { ahead?.giveUp() }
    while !rest.isEmpty {
      let first = rest.startIndex
      if ahead?.places.contains(first) != true { ahead = counters?.start(rest, dictionary) }
      // Waits before the transaction, because nobody else can commit during it.
      let counted = ahead?.take(first)
      try write { db in
        // If others write, too, cached ids may no longer exist.
        if !isOnlyWriter { dictionary.forget() }
        var rows = DayRows()
        let before = db.totalChangesCount
        while let day = rest.first, rows.count + db.totalChangesCount - before < DayRows.most {
          // The next days are started together, outside the transaction.
          if let ahead, !ahead.places.contains(rest.startIndex) { break }
          onDay(day.rebuild.day)
          try day.rebuild.run(
            rest.startIndex == first ? counted : ahead?.take(rest.startIndex), &rows, &dictionary, db)
          rest.removeFirst()
        }
        try rows.insert(db)
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
      let rebuild = DayRebuild(site: site, day: row["day"], calendar: profile.calendar, rules: profile.rules)
      return DayCounters.Day(rebuild: rebuild, hits: row["hits"], texts: row["texts"])
    }
  }
}

/// Computes the statistics of one day from its runs.
struct DayRebuild {
  let site: UInt32
  let day: Int32
  let calendar: LocalCalendar
  let rules: DayRules

  /// Replaces the day's statistics.
  ///
  /// - Parameters:
  ///   - counted: the day as counted ahead, which is valid unless others have added hits since.
  ///   - rows: takes the new rows, which must be inserted in the same transaction.
  func run(
    _ counted: CountedDay?, _ rows: inout DayRows, _ dictionary: inout TextDictionary, _ db: Database
  ) throws {
    do {
      if let counted, try counted.runs == RunExtent(site: site, day: day, db) {
        try replaceRows(counted.sums, &rows, &dictionary, db)
      } else {
        try replaceRows(try sums(dictionary, db), &rows, &dictionary, db)
      }
    } catch is RunPieceReader.Damage {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the hits of \(DayName.name(day)) are damaged")
    }
  }

  /// Counts the day's hits.
  func counted(_ dictionary: TextDictionary, _ db: Database) throws -> CountedDay {
    CountedDay(sums: try sums(dictionary, db), runs: try RunExtent(site: site, day: day, db))
  }

  private func sums(_ dictionary: TextDictionary, _ db: Database) throws -> DaySums {
    var (crowd, texts) = try crowd(dictionary, db)
    texts.setHours(calendar, day: day)
    var rollup = DayRollup(tables: texts.tables)
    var merge = try RunMerge(site: site, day: day, db)
    var visitor = RunMerge.VisitorHits()
    while try merge.next(&visitor) {
      guard !visitor.hits.isEmpty else { continue }
      let (rule, evidence) = crowd.verdict(on: visitor, texts)
      if let rule {
        rollup.addRobot(rule: texts.behaviours[rule] ?? 0, hits: visitor.hits, loads: evidence.loads)
        continue
      }
      for index in visitor.hits.indices {
        let hit = visitor.hits[index]
        visitor.hits[index].page = texts.pages[hit.page]
        visitor.hits[index].acquisition = texts.acquisitions[hit.acquisition]
        if hit.kind.isEvent { visitor.hits[index].event = texts.events[hit.event] }
      }
      rollup.add(
        client: texts.clients[visitor.client], place: texts.places[visitor.place], hits: visitor.hits,
        loads: evidence.loads)
    }
    return DaySums(rollup: rollup, texts: texts, peopleLoad: crowd.loading == .people)
  }

  /// Finds out what all visitors of the day did.
  func crowd(_ dictionary: TextDictionary, _ db: Database) throws -> (crowd: DayCrowd, texts: DayTexts) {
    let ids = try ids(dictionary, db)
    let (behaviour, search) = (ids.behaviour, FleetSearch(ids.facts))
    let texts = try DayTexts(consume ids, rules.funnels, dictionary, db)
    let fleets = try fleets(search, behaviour, texts, db)
    return (DayCrowd(behaviour: behaviour, search: search, fleets: fleets), texts)
  }

  /// Decides which groups of visitors are fleets. Reads the day's hits once more, but only if there may be some.
  private func fleets(
    _ search: FleetSearch, _ behaviour: Behaviour, _ texts: borrowing DayTexts, _ db: Database
  ) throws -> Fleets? {
    guard behaviour.findsFleets, !search.candidates.isEmpty else { return nil }
    let alone = DayCrowd(behaviour: behaviour, search: nil, fleets: nil)
    var pages = FleetPages(search)
    var merge = try RunMerge(site: site, day: day, db)
    var visitor = RunMerge.VisitorHits()
    while try merge.next(&visitor) {
      guard !visitor.hits.isEmpty else { continue }
      let (rule, evidence) = alone.verdict(on: visitor, texts)
      guard rule == nil else { continue }
      pages.add(client: texts.clients.place(of: visitor.client), evidence, hits: visitor.hits)
    }
    return pages.fleets
  }

  private func ids(_ dictionary: TextDictionary, _ db: Database) throws -> DayIDs {
    var ids = try DayIDs(rules: rules.behaviour, db)
    var merge = try RunMerge(site: site, day: day, db)
    var visitor = RunMerge.VisitorHits()
    while try merge.next(&visitor) { try ids.insert(visitor, dictionary) }
    return ids
  }

  private func replaceRows(
    _ counted: DaySums, _ rows: inout DayRows, _ dictionary: inout TextDictionary, _ db: Database
  ) throws {
    let stored = try StoredTexts(db)
    var values = RankedValues(counted.texts, stored)
    try StatsStore.deleteStatistics(site: site, day: day, db)
    try addAggregates(counted, &values, &rows, &dictionary, db)
    for cube in Cube.allCases { try insertCells(of: cube, counted, &values, &dictionary, db) }
    try RobotRuns.count(site: site, day: day, &rows, &dictionary, stored, db)
    try db.cachedStatement(
      sql: "UPDATE day SET dirty = 0, behaviour = ?, people_load = ? WHERE site = ? AND day = ?"
    ).execute(arguments: [rules.behaviour.text, counted.peopleLoad, Int64(site), day])
  }

  private func addAggregates(
    _ counted: DaySums, _ values: inout RankedValues, _ rows: inout DayRows,
    _ dictionary: inout TextDictionary, _ db: Database
  ) throws {
    try counted.rollup.forEachDimension(cap: StatsStore.valuesPerDay, other: counted.texts.other) { dimension, counts in
      let isNumber = dimension == .total || dimension == .hour
      var order: [(value: Int64, row: Int)] = []
      order.reserveCapacity(counts.count)
      for (index, row) in counts.enumerated() {
        order.append((isNumber ? Int64(row.value) : try values.id(of: row.value, counted.texts, &dictionary), index))
      }
      order.sort { $0.value < $1.value }
      for (value, row) in order {
        try rows.add(dimension, value: value, counts[row].counts, site: site, day: day, db)
      }
    }
  }

  private func insertCells(
    of cube: Cube, _ counted: DaySums, _ values: inout RankedValues, _ dictionary: inout TextDictionary, _ db: Database
  ) throws {
    let (keys, numbers) = (cube.dimensions.count, cube.numbers.count)
    var row = [Int64](repeating: 0, count: keys + numbers)
    try cube.table.insertRows(columns: row.count, site: site, day: day, db) { insert in
      try counted.rollup.forEachCell(of: cube, cap: StatsStore.pagesPerCube, other: counted.texts.other) { cell in
        for index in 0..<keys { row[index] = try values.id(of: cell.values[index], counted.texts, &dictionary) }
        for index in 0..<numbers { row[keys + index] = cell.numbers[index] }
        try insert(row.span)
      }
    }
  }
}

/// The counted hits of a day.
struct DaySums: Sendable {
  let rollup: DayRollup
  let texts: DayTexts
  /// Whether people load parts of pages.
  let peopleLoad: Bool
}

/// The dictionary ids of a day's ranked texts. Each is looked up once; those of pages are known from the start.
private struct RankedValues {
  private let stored: StoredTexts
  /// The ids by rank; 0 for those not known yet.
  private var ids: [Int64]

  init(_ texts: DayTexts, _ stored: StoredTexts) {
    self.stored = stored
    ids = [Int64](repeating: 0, count: texts.count)
    for (id, rank) in texts.pages.pairs where !texts.withText(ofRank: rank, { $0.isEmpty }) {
      ids[Int(rank)] = Int64(id)
    }
  }

  /// - Parameter texts: the same texts as given to the initialiser. They are not stored here, because they would be
  ///   copied for each text.
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

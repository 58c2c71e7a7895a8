import GRDB
import Hits
import Rollups

/// All statistics of one day of one site, with texts instead of ids, for copying between databases.
public struct DayStatistics: Sendable {
  struct Aggregate: Hashable, Sendable {
    var dimension: Int
    /// The number itself, or nil if the value is a text.
    var number: Int64?
    var text: String?
    var counts: [Int64]
  }

  struct Cell: Hashable, Sendable {
    var cube: Cube
    var texts: [String]
    var numbers: [Int64]
  }

  var aggregates: [Aggregate] = []
  var cells: [Cell] = []
  /// Whether people load parts of pages that day; nil if the day was counted by rules that did not ask.
  var peopleLoad: Bool?

  /// Returns whether two days have the same rows, in any order. A day that an earlier version counted lacks some cubes.
  func isSame(as other: DayStatistics) -> Bool {
    guard Set(aggregates) == Set(other.aggregates) else { return false }
    return Cube.allCases.allSatisfy { cube in
      let (own, others) = (cells.filter { $0.cube == cube }, other.cells.filter { $0.cube == cube })
      return Set(own) == Set(others) || cube != .visits && (own.isEmpty || others.isEmpty)
    }
  }

  /// The counts of the whole day; zero if nothing was counted.
  public var total: Counts {
    var total = Counts()
    guard let row = aggregates.first(where: { $0.dimension == Int(Dimension.total.rawValue) }) else { return total }
    total.pageviews = row.counts[0]
    total.visitors = row.counts[1]
    total.visits = row.counts[2]
    total.bounces = row.counts[3]
    total.seconds = row.counts[4]
    total.seenLoading = row.counts[5]
    return total
  }

  /// The number of the day's events, of all names together.
  public var events: Int64 {
    aggregates.reduce(0) { $1.dimension == Int(Dimension.event.rawValue) ? $0 + $1.counts[0] : $0 }
  }
}

extension StatsStore {
  private static let measures = ["pageviews", "visitors", "visits", "bounces", "seconds", "seen_loading"]

  /// Reads all statistics of a day.
  public func statistics(site: UInt32, day: Int32) throws -> DayStatistics {
    try read { db in try Self.statistics(site: site, day: day, db) }
  }

  static func statistics(site: UInt32, day: Int32, _ db: Database) throws -> DayStatistics {
    var statistics = DayStatistics()
    let aggregates = """
      SELECT dim, value, text, \(Self.measures.joined(separator: ", "))
      FROM agg LEFT JOIN dict ON dict.id = value AND dim NOT IN (0, 1)
      WHERE site = ? AND dim = ? AND day = ? ORDER BY value
      """
    for dimension in Dimension.stored {
      let rows = try Row.fetchAll(
        db.cachedStatement(sql: aggregates), arguments: [Int64(site), dimension.rawValue, day])
      statistics.aggregates += rows.map { row in
        let text = row["text"] as String?
        return .init(
          dimension: row["dim"], number: text == nil ? row["value"] as Int64 : nil, text: text,
          counts: Self.measures.map { row[$0] ?? 0 })
      }
    }
    statistics.aggregates += try robotPages(site: site, day: day, db)
    statistics.peopleLoad = try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT people_load FROM day WHERE site = ? AND day = ?"), arguments: [Int64(site), day])
    for cube in Cube.allCases { statistics.cells += try cells(of: cube, site: site, day: day, db) }
    return statistics
  }

  private static func cells(
    of cube: Cube, site: UInt32, day: Int32, _ db: Database
  ) throws -> [DayStatistics.Cell] {
    let texts = cube.keys.map { "(SELECT text FROM dict WHERE id = \($0))" }
    let sql = """
      SELECT \((texts + cube.numbers).joined(separator: ", ")) FROM \(cube.withDays)
      WHERE site = ? AND day = ? AND \(cube.table.isOfDay)
      """
    return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [Int64(site), day]).map { row in
      .init(
        cube: cube, texts: texts.indices.map { row[$0] ?? "" },
        numbers: cube.numbers.indices.map { row[texts.count + $0] })
    }
  }

  private static func robotPages(site: UInt32, day: Int32, _ db: Database) throws -> [DayStatistics.Aggregate] {
    var texts: [Int64: String] = [:]
    let read = try db.cachedStatement(sql: "SELECT text FROM dict WHERE id = ?")
    func text(_ id: Int64) throws -> String {
      let text = try texts[id] ?? String.fetchOne(read, arguments: [id]) ?? ""
      texts[id] = text
      return text
    }
    var pages: [DayStatistics.Aggregate] = []
    try RobotPages.forEach(site: site, day: day, db) { row in
      pages.append(
        .init(
          dimension: Int(Dimension.robotPage.rawValue), number: nil,
          text: RobotPages.text(robot: try text(row.robot), page: try text(row.page), row.thing, row.answer),
          counts: Counts(requests: row.sum).measures))
    }
    return pages
  }

  /// The tables with a day's statistics besides `agg`.
  static let dayTables = Cube.allCases.map(\.table) + [RobotPages.table]

  /// The number of columns of `agg`: site, dimension, day, value and measures.
  static let aggregateColumns = 4 + Counts.measureCount

  static func deleteStatistics(site: UInt32, day: Int32, _ db: Database) throws {
    try MonthSums.note(site: site, day: day, db)
    // A day that was counted has the rules it was counted by. With many sites, most days are new.
    let isCounted = try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT behaviour IS NOT NULL FROM day WHERE site = ? AND day = ?"),
      arguments: [Int64(site), day])
    guard isCounted == true else { return }
    // One dimension at a time, as the key requires: a range of dimensions would scan all days of the site.
    let delete = try RowStatement("DELETE FROM agg WHERE site = ? AND dim = ? AND day = ?", db)
    for dimension in Dimension.stored {
      let row: [3 of Int64] = [Int64(site), Int64(dimension.rawValue), Int64(day)]
      try delete.execute(row.span)
    }
    for table in dayTables { try table.delete(site: site, day: day, db) }
  }

  /// Inserts all statistics of a day that is in `day` and has none.
  static func insert(
    _ statistics: DayStatistics, site: UInt32, day: Int32, _ dictionary: inout TextDictionary, _ db: Database
  ) throws {
    try MonthSums.note(site: site, day: day, db)
    let stored = try StoredTexts(db)
    var aggregates = try RowInsert(into: "agg", columns: aggregateColumns, db)
    var pages: [RobotPages.Row] = []
    for row in statistics.aggregates {
      if row.dimension == Int(Dimension.robotPage.rawValue), let text = row.text {
        let sum = RobotRequests(count: row.counts[0], bytes: row.counts[4])
        if let page = try RobotPages.row(ofText: text, sum, &dictionary, stored) { pages.append(page) }
        continue
      }
      let value = try row.number ?? dictionary.id(of: row.text ?? "", in: stored)
      try aggregates.add(([Int64(site), Int64(row.dimension), Int64(day), value] + row.counts).span)
    }
    try aggregates.finish()
    try RobotPages.insert(pages, site: site, day: day, db)
    for cube in Cube.allCases {
      try cube.table.insertRows(columns: cube.columns.count, site: site, day: day, db) { insert in
        for cell in statistics.cells where cell.cube == cube {
          let values = try cell.texts.map { try dictionary.id(of: $0, in: stored) }
          try insert((values + cell.numbers).span)
        }
      }
    }
  }
}

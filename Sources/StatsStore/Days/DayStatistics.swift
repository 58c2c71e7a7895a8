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
    var texts: [String]
    var counts: [Int64]
  }

  var aggregates: [Aggregate] = []
  var cells: [Cell] = []
  /// Whether people load parts of pages that day; nil if the day was counted by rules that did not ask.
  var peopleLoad: Bool?

  /// Returns whether two days have the same rows, in any order.
  func isSame(as other: DayStatistics) -> Bool {
    Set(aggregates) == Set(other.aggregates) && Set(cells) == Set(other.cells)
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
    for dimension in Dimension.allCases {
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
    let texts = Cube.keys.map { "(SELECT text FROM dict WHERE id = \($0)) AS \($0)_text" }
    let cells = "SELECT *, \(texts.joined(separator: ", ")) FROM cube WHERE site = ? AND day = ?"
    statistics.cells = try Row.fetchAll(db.cachedStatement(sql: cells), arguments: [Int64(site), day]).map { row in
      .init(texts: Cube.keys.map { row["\($0)_text"] as String? ?? "" }, counts: Cube.measures.map { row[$0] })
    }
    return statistics
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

  /// The number of columns of `agg`: site, dimension, day, value and measures.
  static let aggregateColumns = 4 + Counts.measureCount

  static func deleteStatistics(site: UInt32, day: Int32, _ db: Database) throws {
    try MonthSums.note(site: site, day: day, db)
    // One dimension at a time, as the key requires: a range of dimensions would scan all days of the site.
    let delete = try RowStatement("DELETE FROM agg WHERE site = ? AND dim = ? AND day = ?", db)
    for dimension in Dimension.allCases {
      let row: [3 of Int64] = [Int64(site), Int64(dimension.rawValue), Int64(day)]
      try delete.execute(row.span)
    }
    try db.cachedStatement(sql: "DELETE FROM cube WHERE site = ? AND day = ?").execute(arguments: [Int64(site), day])
    try RobotPages.delete(site: site, day: day, db)
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
    var cells = try RowInsert(into: "cube", columns: Cube.columns, db)
    for row in statistics.cells {
      let values = try row.texts.map { try dictionary.id(of: $0, in: stored) }
      try cells.add(([Int64(site), Int64(day)] + values + row.counts).span)
    }
    try cells.finish()
  }
}

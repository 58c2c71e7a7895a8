import GRDB
import Hits
import Rollups

/// The statistics of one site, read from one consistent snapshot: imports that commit meanwhile have no effect.
public struct SiteStatistics {
  /// A value of a dimension with its measures over a period.
  public struct Row: Equatable, Sendable {
    /// The value as text.
    public var value: String
    /// Its measures; visitors are daily visitors.
    public var counts: Counts
    /// With a filter for a page or an event, the visits that have the value whether or not they have that; nil if unknown.
    public var allVisits: Int64?

    /// Creates a row.
    public init(value: String, counts: Counts) {
      self.value = value
      self.counts = counts
    }
  }

  /// The sum of visitors seen loading; NULL if one of the rows was counted by rules that did not ask.
  static let seenLoading = "CASE WHEN count(seen_loading) = count(*) THEN sum(seen_loading) END"

  let db: Database
  let site: Int64
  private let filter: VisitFilter

  init(_ db: Database, site: UInt32, filter: VisitFilter) {
    self.db = db
    self.site = Int64(site)
    self.filter = filter
  }

  /// Returns the first and last day with data, regardless of the filter; nil if there is none.
  ///
  /// - Parameter dimension: the dimension that must have data: that of all people, or of robots.
  public func days(of dimension: Dimension = .total) throws -> ClosedRange<Int32>? {
    let row = try GRDB.Row.fetchOne(
      db, sql: "SELECT min(day), max(day) FROM agg WHERE site = ? AND dim = ?", arguments: [site, dimension.rawValue])
    guard let row, let first = row[0] as Int32?, let last = row[1] as Int32? else { return nil }
    return first...last
  }

  /// Returns the first and last day on which anything came: people, robots, or lines that were not counted; nil if there is
  /// none.
  public func daysOfAll() throws -> ClosedRange<Int32>? {
    let lines = try GRDB.Row.fetchOne(
      db, sql: "SELECT min(day), max(day) FROM hour_lines WHERE site = ?", arguments: [site])
    let ofLines = lines.flatMap { row in (row[0] as Int32?).flatMap { first in (row[1] as Int32?).map { first...$0 } } }
    let all = [try days(), try days(of: .robotClass), ofLines].compactMap { $0 }
    guard let first = all.map(\.lowerBound).min(), let last = all.map(\.upperBound).max() else { return nil }
    return first...last
  }

  /// Returns how many days of the period must be recounted, because an import was interrupted or an earlier version counted them.
  public func uncountedDays(in days: ClosedRange<Int32>) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM day WHERE site = ? AND dirty = 1 AND day BETWEEN ? AND ?",
      arguments: [site, days.lowerBound, days.upperBound]) ?? 0
  }

  /// Returns how much data there is for a period, regardless of the filter.
  public func quality(of days: ClosedRange<Int32>) throws -> PeriodQuality {
    let period: StatementArguments = [site, days.lowerBound, days.upperBound]
    let known = try Int32.fetchAll(
      db,
      sql: """
        SELECT day FROM agg WHERE site = ?1 AND day BETWEEN ?2 AND ?3 AND dim = \(Dimension.total.rawValue)
        UNION SELECT day FROM agg WHERE site = ?1 AND day BETWEEN ?2 AND ?3 AND dim = \(Dimension.robotClass.rawValue)
        UNION SELECT day FROM hour_lines WHERE site = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day
        """, arguments: period)
    let open = try Int.fetchOne(
      db, sql: "SELECT count(*) FROM day WHERE site = ? AND day BETWEEN ? AND ? AND state = 'open'", arguments: period)
    let loading = try Int.fetchOne(
      db, sql: "SELECT count(*) FROM day WHERE site = ? AND day BETWEEN ? AND ? AND people_load = 1", arguments: period)
    return PeriodQuality(of: days, known: known, openDays: open ?? 0, loadingDays: loading ?? 0)
  }

  /// Returns the measures of each day that has any, in order.
  ///
  /// - Throws: ``FilterRefusal/belowTheCap(_:day:)`` if a day may have lost the value; ``FilterRefusal/notKept(_:day:)``.
  public func daily(in days: ClosedRange<Int32>) throws -> [(day: Int32, counts: Counts)] {
    try refuseWhatWasCapped(days)
    if let cube = filter.cube(), let day = try lastDay(without: cube, in: days) {
      if try uncountedDays(in: day...day) > 0 { throw FilterRefusal.notCounted(day: DayName.name(day)) }
      throw FilterRefusal.notKept(filter.terms.map(\.dimension), day: DayName.name(day))
    }
    let selection = Selection(site: site, days: days, filter, listing: nil)
    let sql = "SELECT day, \(selection.sums) FROM \(selection.condition) GROUP BY day ORDER BY day"
    return try GRDB.Row.fetchAll(db, sql: sql, arguments: selection.arguments).map {
      ($0["day"], Counts(row: $0))
    }
  }

  /// Returns the last day of the period that has no cells of a cube for what passes the filter, although something does: the
  /// day was counted by an earlier version, or the page of the filter was not among those with most visitors. Nil if there is
  /// none.
  public func lastDay(without cube: Cube, in days: ClosedRange<Int32>) throws -> Int32? {
    // What has such rows should have cells.
    let dimension: Dimension
    switch cube {
    case .visits: return nil
    case .entries: dimension = .total
    case .pages, .events, .nextPages: dimension = cube.subject ?? .total
    }
    func lastDay(withRow dimension: Dimension, _ ofRow: String, withoutCell ofCell: String, _ values: [String]) throws
      -> Int32?
    {
      let sql = """
        SELECT max(day) FROM day WHERE site = ? AND day BETWEEN ? AND ?
          AND EXISTS(
            SELECT 1 FROM agg WHERE agg.site = day.site AND dim = \(dimension.rawValue) AND agg.day = day.day\(ofRow))
          AND NOT EXISTS(SELECT 1 FROM \(cube.name) WHERE \(cube.table.isOfDay)\(ofCell))
        """
      let period: StatementArguments = [site, days.lowerBound, days.upperBound]
      return try Int32.fetchOne(db, sql: sql, arguments: period + StatementArguments(values))
    }
    let lacking = try lastDay(withRow: dimension, "", withoutCell: "", [])
    // A visit without a page has a cell in any case.
    guard let term = filter.terms.first(where: { $0.dimension == cube.cappedDimension && $0.isOfOneValue }),
      let value = term.values.first, !value.isEmpty
    else { return lacking }
    let id = "(SELECT id FROM dict WHERE text = ?)"
    let capped = try lastDay(
      withRow: term.dimension, " AND value = \(id)", withoutCell: " AND \(term.dimension.name) = \(id)", [value, value])
    return [lacking, capped].compactMap { $0 }.max()
  }

  /// Returns the measures of each hour of each day that has any, in order.
  ///
  /// - Throws: ``FilterRefusal/hours`` if a filter is set.
  public func hourly(in days: ClosedRange<Int32>) throws -> [(day: Int32, hour: Int, counts: Counts)] {
    guard filter == .all else { throw FilterRefusal.hours }
    let selection = Selection(site: site, days: days, filter, listing: .hour)
    let sql = "SELECT day, value, \(selection.sums) FROM \(selection.condition) GROUP BY day, value ORDER BY day, value"
    return try GRDB.Row.fetchAll(db, sql: sql, arguments: selection.arguments).map {
      ($0["day"], $0["value"], Counts(row: $0))
    }
  }

  /// Returns the values of a dimension with the most daily visitors, and the total number of its values.
  ///
  /// Equal numbers of visitors are ordered by page views, then by text. What days summed up as the rest stands last, whatever
  /// the limit.
  /// - Precondition: the filter lists the dimension.
  public func top(_ dimension: Dimension, in days: ClosedRange<Int32>, limit: Int) throws -> (rows: [Row], values: Int)
  {
    guard filter == .all else { return try tops([dimension], in: days, limit: limit)[dimension] ?? ([], 0) }
    let period = try PeriodRows(db, site: site, dimension, days)
    let rest = try Int64.fetchOne(
      db, sql: "SELECT id FROM dict WHERE text = ?", arguments: [StatsStore.otherValues])
    let ranking = try ValueRanking(db, period, limit: limit, rest: rest)
    let rows = period.statement(
      selecting: "value, pageviews, visitors, visits, bounces, seconds, seen_loading", of: ranking.candidates)
    let sums = """
      SELECT value AS id, \(Selection.sumsOfRows), \(ranking.values) AS distinct_values
      FROM (\(rows)) GROUP BY value
      """
    return try first(limit, ofSums: sums, [])
  }

  /// Returns the same for several dimensions, with a filter in one pass over the cells of each cube.
  public func tops(
    _ dimensions: [Dimension], in days: ClosedRange<Int32>, limit: Int
  ) throws -> [Dimension: (rows: [Row], values: Int)] {
    var tops: [Dimension: (rows: [Row], values: Int)] = [:]
    // What came before a page and what came after it are different cells.
    let groups = Dictionary(grouping: dimensions) { dimension in
      filter.cube(listing: dimension).map { [$0.name, dimension == .previousPage ? "previous" : ""] } ?? []
    }
    for listed in groups.values {
      guard let cube = filter.cube(listing: listed[0]) else {
        for dimension in listed { tops[dimension] = try top(dimension, in: days, limit: limit) }
        continue
      }
      // Most sites have no campaigns and no events, which is known at once.
      let some = try listed.filter { try !Dimension.stored.contains($0) || has($0, in: days) }
      guard !some.isEmpty else { continue }
      let lists = try CubeLists(some, of: cube, filter, site: site, days, db)
      tops.merge(try lists.tops(limit: limit)) { first, _ in first }
    }
    for dimension in dimensions where tops[dimension] == nil { tops[dimension] = ([], 0) }
    return tops
  }

  private func has(_ dimension: Dimension, in days: ClosedRange<Int32>) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS(SELECT 1 FROM agg WHERE site = ? AND dim = ? AND day BETWEEN ? AND ?)",
      arguments: [site, dimension.rawValue, days.lowerBound, days.upperBound]) ?? false
  }

  /// Returns the same statistics for another filter.
  public func filtered(by filter: VisitFilter) -> SiteStatistics {
    SiteStatistics(db, site: UInt32(site), filter: filter)
  }

  /// Returns the measures of some values of a dimension.
  ///
  /// - Precondition: the filter lists the dimension.
  public func counts(
    of dimension: Dimension, _ values: [String], in days: ClosedRange<Int32>
  ) throws -> [String: Counts] {
    let selection = Selection(site: site, days: days, filter, listing: dimension)
    let list = Array(repeating: "?", count: values.count).joined(separator: ", ")
    let sql = """
      SELECT text, sums.* FROM dict JOIN (
        SELECT \(selection.value) AS value, \(selection.sums) FROM \(selection.condition)
          AND \(selection.value) IN (SELECT id FROM dict WHERE text IN (\(list))) GROUP BY \(selection.value)
      ) AS sums ON sums.value = dict.id
      """
    let rows = try GRDB.Row.fetchAll(db, sql: sql, arguments: selection.arguments + StatementArguments(values))
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], Counts(row: $0)) })
  }

  /// Returns the measures of the beginnings of a funnel, over the days that were counted with all of its steps; and how many days
  /// these are, of those that have people.
  ///
  /// - Parameter sequences: ``Hits/Funnel/sequences``, the whole funnel last.
  public func funnel(_ sequences: [String], in days: ClosedRange<Int32>) throws -> (
    counts: [String: Counts], daysCounted: Int, days: Int
  ) {
    let period: StatementArguments = [site, days.lowerBound, days.upperBound]
    func rows(_ dimension: Dimension) -> String {
      "FROM agg WHERE site = ? AND day BETWEEN ? AND ? AND dim = \(dimension.rawValue)"
    }
    let counted = "day \(rows(.funnel)) AND value = (SELECT id FROM dict WHERE text = ?)"
    let whole = period + [sequences.last]
    let list = Array(repeating: "?", count: sequences.count).joined(separator: ", ")
    // Another funnel may begin with the same steps, on other days, too.
    let sums = """
      SELECT text, sums.* FROM dict JOIN (
        SELECT value, \(Selection.sumsOfRows) \(rows(.funnel)) AND day IN (SELECT \(counted))
          AND value IN (SELECT id FROM dict WHERE text IN (\(list))) GROUP BY value
      ) AS sums ON sums.value = dict.id
      """
    let counts = try GRDB.Row.fetchAll(db, sql: sums, arguments: period + whole + StatementArguments(sequences))
    return (
      Dictionary(uniqueKeysWithValues: counts.map { ($0[0], Counts(row: $0)) }),
      try Int.fetchOne(db, sql: "SELECT count(*) FROM (SELECT \(counted))", arguments: whole) ?? 0,
      try Int.fetchOne(db, sql: "SELECT count(*) \(rows(.total))", arguments: period) ?? 0
    )
  }

  /// Returns the first rows of a statement that selects the id, the sums and the number of all values.
  private func first(
    _ limit: Int, ofSums sums: String, _ arguments: StatementArguments
  ) throws -> (rows: [Row], values: Int) {
    // Texts are looked up for sums rather than for rows, which exist for each day.
    let sql = """
      SELECT text, sums.* FROM (\(sums)) AS sums JOIN dict ON dict.id = sums.id
      ORDER BY text = ? DESC, visitors DESC, pageviews DESC, text LIMIT ?
      """
    let found = try GRDB.Row.fetchAll(db, sql: sql, arguments: arguments + [StatsStore.otherValues, limit + 1])
    var rows = found.map { Row(value: $0["text"], counts: Counts(row: $0)) }
    if rows.first?.value == StatsStore.otherValues {
      rows.append(rows.removeFirst())
    } else {
      rows = Array(rows.prefix(limit))
    }
    return (rows, found.first?["distinct_values"] ?? 0)
  }

  /// Returns the outcomes of the period's lines, as they are once its days are counted, regardless of the filter.
  /// Known lines are omitted, because they were counted before.
  public func outcomes(in days: ClosedRange<Int32>) throws -> OutcomeCounts {
    var counts = OutcomeCounts()
    let rows = try GRDB.Row.fetchAll(
      db, sql: StatsStore.linesByOutcome, arguments: [site, days.lowerBound, days.upperBound])
    for row in rows {
      if let outcome = Outcome(name: row[0]), outcome != .alreadyImported { counts[outcome] = row[1] }
    }
    try moveRobots(.behaviour, from: .pageview, in: days, &counts)
    try moveRobots(.behaviourEvent, from: .event, in: days, &counts)
    return counts
  }

  /// Moves lines of robots that were detected when days were counted to that outcome, from the one they had at
  /// import.
  private func moveRobots(
    _ dimension: Dimension, from outcome: Outcome, in days: ClosedRange<Int32>, _ counts: inout OutcomeCounts
  ) throws {
    let lines = try Int.fetchOne(
      db, sql: "SELECT coalesce(sum(pageviews), 0) FROM agg WHERE site = ? AND dim = ? AND day BETWEEN ? AND ?",
      arguments: [site, dimension.rawValue, days.lowerBound, days.upperBound])
    counts[outcome] -= lines ?? 0
    counts[.botBehaviour] += lines ?? 0
  }

  /// Returns whether a value of a dimension is stored on any day.
  public func has(_ value: String, in dimension: Dimension) throws -> Bool {
    guard let id = try Int64.fetchOne(db, sql: "SELECT id FROM dict WHERE text = ?", arguments: [value]) else {
      return false
    }
    let sql =
      "SELECT EXISTS(SELECT 1 FROM agg WHERE site = ? AND dim = ? AND day IN (SELECT day FROM calendar) AND value = ?)"
    if try Bool.fetchOne(db, sql: sql, arguments: [site, dimension.rawValue, id]) == true { return true }
    // A day's cube may have sources that its list leaves to the rest.
    let cube = Cube.visits
    guard cube.dimensions.contains(dimension) else { return false }
    let ofCube = """
      SELECT EXISTS(SELECT 1 FROM \(cube.withDays) WHERE site = ? AND \(dimension.name) = ? AND \(cube.table.isOfDay))
      """
    return try Bool.fetchOne(db, sql: ofCube, arguments: [site, id]) ?? false
  }

  /// Returns all values of a dimension, of all days, in order.
  public func values(of dimension: Dimension) throws -> [String] {
    guard let days = try days() else { return [] }
    let rows = try PeriodRows(db, site: site, dimension, days).statement(selecting: "value", of: nil)
    return try String.fetchAll(
      db, sql: "SELECT text FROM dict WHERE id IN (SELECT DISTINCT value FROM (\(rows))) ORDER BY text")
  }

  /// Refuses a filter if one of its values may be missing on a day with more values than are kept.
  private func refuseWhatWasCapped(_ days: ClosedRange<Int32>) throws {
    let cube = filter.cube()
    guard let term = filter.terms.first(where: { cube == nil || cube?.cappedDimension == $0.dimension }) else { return }
    let sql = """
      SELECT min(day) FROM agg AS rest
      WHERE site = ?1 AND dim = ?2 AND day IN (SELECT day FROM calendar WHERE day BETWEEN ?3 AND ?4) AND value = (SELECT id FROM dict WHERE text = ?5)
        AND (?5 = ?6 OR NOT EXISTS(
          SELECT 1 FROM agg AS own WHERE own.site = ?1 AND own.dim = ?2 AND own.day = rest.day
            AND own.value = (SELECT id FROM dict WHERE text = ?6)))
      """
    for value in term.values {
      let day = try Int32.fetchOne(
        db, sql: sql,
        arguments: [site, term.dimension.rawValue, days.lowerBound, days.upperBound, DayTexts.otherText, value])
      if let day { throw FilterRefusal.belowTheCap(term.dimension, day: DayName.name(day)) }
    }
  }
}

extension StatsStore {
  /// Calls `body` with the statistics of a site.
  public func withStatistics<Value>(
    of site: UInt32, filter: VisitFilter = .all, _ body: (SiteStatistics) throws -> Value
  ) throws -> Value {
    try read { db in try body(SiteStatistics(db, site: site, filter: filter)) }
  }
}

/// The rows that pass a filter, and which of their visitors may be summed.
private struct Selection {
  /// The tables: `agg`, or `day` and that of a cube.
  let tables: String
  /// The column with the value that is listed.
  let value: String
  /// The condition of the rows, for `WHERE`.
  let terms: String
  /// The values of its parameters.
  let arguments: StatementArguments
  /// The sums of all measures.
  let sums: String

  var condition: String { tables + " WHERE " + terms }

  /// - Parameter dimension: the dimension whose values are listed; nil for sums over everything that passes the
  ///   filter.
  init(site: Int64, days: ClosedRange<Int32>, _ filter: VisitFilter, listing dimension: Dimension?) {
    let period = "site = ? AND day BETWEEN ? AND ?"
    // One value is looked up day by day in the primary key.
    let eachDay = "site = ? AND day IN (SELECT day FROM calendar WHERE day BETWEEN ? AND ?)"
    var arguments: StatementArguments = [site, days.lowerBound, days.upperBound]
    if let cube = filter.cube(listing: dimension) {
      tables = cube.withDays
      value = dimension.map(cube.column) ?? ""
      // What a visit does not have is no value of a list.
      let none =
        dimension.map(cube.mayLack) == true ? ["\(value) IS NOT (SELECT id FROM dict WHERE text = '')"] : []
      terms =
        ([period, cube.table.isOfDay]
        + filter.terms.map { $0.dimension.name + Self.isOne(of: $0) } + none)
        .joined(separator: " AND ")
      arguments += StatementArguments(filter.terms.flatMap(\.values))
      let visitors = cube.visitors(by: filter.dimensions.union(dimension.map { [$0] } ?? [])).sql
      // A list of events counts events, as their rows do.
      sums = (dimension == .event ? Self.sumsOfEvents(visitors) : Self.sums(visitors)) + ", NULL AS seen_loading"
    } else {
      tables = "agg"
      value = "value"
      arguments += [(filter.terms.first?.dimension ?? dimension ?? .total).rawValue]
      let term = filter.terms.first
      terms =
        (term.map(\.isOfOneValue) == true ? eachDay : period) + " AND dim = ?"
        + (term.map { " AND value" + Self.isOne(of: $0) } ?? "")
      arguments += StatementArguments(term?.values ?? [])
      sums = Self.sumsOfRows
    }
    self.arguments = arguments
  }

  /// Returns the condition that a column has one of a term's values, or none of them.
  private static func isOne(of term: VisitFilter.Term) -> String {
    if term.isOfOneValue { return " = (SELECT id FROM dict WHERE text = ?)" }
    let list = Array(repeating: "?", count: term.values.count).joined(separator: ", ")
    return (term.isNegated ? " NOT IN " : " IN ") + "(SELECT id FROM dict WHERE text IN (\(list)))"
  }

  /// The sums of rows of `agg`. Cubes do not tell who was seen loading.
  static let sumsOfRows = sums("visitors") + ", \(SiteStatistics.seenLoading) AS seen_loading"

  private static func sums(_ visitors: String) -> String {
    """
    sum(pageviews) AS pageviews, sum(\(visitors)) AS visitors, sum(visits) AS visits, sum(bounces) AS bounces,
    sum(seconds) AS seconds
    """
  }

  private static func sumsOfEvents(_ visitors: String) -> String {
    "sum(events) AS pageviews, sum(\(visitors)) AS visitors, sum(visits) AS visits, 0 AS bounces, 0 AS seconds"
  }
}

extension Counts {
  fileprivate init(row: Row) {
    self.init()
    pageviews = row["pageviews"]
    visitors = row["visitors"]
    visits = row["visits"]
    bounces = row["bounces"]
    seconds = row["seconds"]
    seenLoading = row["seen_loading"]
  }
}

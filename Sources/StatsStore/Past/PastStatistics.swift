import GRDB
public import Hits

/// Reads the statistics of other programs of one site, in the same snapshot as ours.
public struct PastStatistics {
  /// Numbers of a period: its totals by measure.
  public struct Period: Equatable, Sendable {
    /// Whether it is a day, a month or all days of a file.
    public var step: PastStep
    /// Its first day.
    public var day: Int32
    /// Its last day with data, as far as the file says.
    public var last: Int32
    /// Its totals, by the origin's own names.
    public var numbers: [String: Int64]

    /// Creates a period.
    public init(step: PastStep, days: ClosedRange<Int32>, numbers: [String: Int64]) {
      self.step = step
      day = days.lowerBound
      last = days.upperBound
      self.numbers = numbers
    }
  }

  /// A value of a list, with its numbers by measure.
  public struct Value: Equatable, Sendable {
    /// The value.
    public var value: String
    /// Its numbers, by the origin's own names.
    public var numbers: [String: Int64]

    /// Creates a value.
    public init(value: String, numbers: [String: Int64]) {
      self.value = value
      self.numbers = numbers
    }
  }

  private let db: Database
  private let site: Int64

  init(_ db: Database, site: UInt32) {
    self.db = db
    self.site = Int64(site)
  }

  /// Returns the first day that was counted here; nil if there is none.
  public func firstOwnDay() throws -> Int32? { try StatsStore.firstOwnDay(of: UInt32(site), db) }

  /// Returns the programs of which there are statistics, with the first and last day of each.
  public func origins() throws -> [(origin: PastOrigin, days: ClosedRange<Int32>)] {
    let sql = """
      SELECT origin, min(first_covered) AS first, max(last_covered) AS last
      FROM past_series JOIN past_part ON series = past_series.id WHERE site = ? GROUP BY origin ORDER BY first, origin
      """
    return try Row.fetchAll(db, sql: sql, arguments: [site]).compactMap { row in
      PastOrigin(rawValue: row["origin"]).map { ($0, row["first"]...row["last"]) }
    }
  }

  /// Returns the totals of all periods of a program that begin within some days, in order.
  ///
  /// - Parameter end: the day before which the data of periods longer than a day must end; nil for no such day.
  public func periods(
    of origin: PastOrigin, in days: ClosedRange<Int32>, endingBefore end: Int32?
  ) throws -> [Period] {
    let sql = """
      SELECT step, past.day AS day, \(Self.end) AS last, measure, number \(Self.rows)
      WHERE site = ? AND origin = ? AND dimension = ? AND past.day BETWEEN ? AND ? AND \(Self.ended)
      ORDER BY step, past.day
      """
    let arguments: StatementArguments = [
      site, origin.rawValue, PastRow.total, days.lowerBound, days.upperBound, end ?? .max,
    ]
    var periods: [Period] = []
    for row in try Row.fetchAll(db, sql: sql, arguments: arguments) {
      guard let step = PastStep(rawValue: row["step"]) else { continue }
      if periods.last?.step != step || periods.last?.day != row["day"] {
        periods.append(Period(step: step, days: row["day"]...max(row["day"], row["last"]), numbers: [:]))
      }
      periods[periods.count - 1].numbers[row["measure"]] = row["number"]
    }
    return periods
  }

  /// Returns the values of all lists of a program, summed up over the periods that begin within some days: the first ones
  /// by their first measure, and the number of all. A measure that a value does not have in each period is missing, if
  /// values overlap in it: it was left out where it is unknown.
  public func lists(
    of origin: PastOrigin, in days: ClosedRange<Int32>, endingBefore end: Int32?, limit: Int
  ) throws -> [(dimension: String, values: Int, rows: [Value])] {
    let sql = """
      SELECT dimension, text, measure, sum(number) AS number, count(*) AS periods \(Self.rows) JOIN dict ON dict.id = past.value
      WHERE site = ? AND origin = ? AND dimension NOT IN (?, ?) AND past.day BETWEEN ? AND ? AND \(Self.ended)
      GROUP BY dimension, past.value, measure
      """
    let arguments: StatementArguments = [
      site, origin.rawValue, PastRow.total, PastRow.cutList, days.lowerBound, days.upperBound, end ?? .max,
    ]
    var lists: [String: [String: [String: (sum: Int64, periods: Int)]]] = [:]
    let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
    while let row = try rows.next() {
      lists[row["dimension"], default: [:]][row["text"], default: [:]][row["measure"]] = (row["number"], row["periods"])
    }
    return lists.sorted { $0.key < $1.key }.map { dimension, values in
      let rows = values.map { Value(value: $0.key, numbers: Self.known($0.value, origin, dimension)) }
        .sorted { (Self.rank($1), $0.value) < (Self.rank($0), $1.value) }
      return (dimension, rows.count, Array(rows.prefix(limit)))
    }
  }

  private static func known(
    _ numbers: [String: (sum: Int64, periods: Int)], _ origin: PastOrigin, _ dimension: String
  ) -> [String: Int64] {
    let periods = numbers.values.map(\.periods).max()
    return numbers.filter { !origin.overlaps($0.key, in: dimension) || $0.value.periods == periods }
      .mapValues(\.sum)
  }

  /// Returns which lists a program cut off, summed up over the periods that begin within some days.
  public func cutLists(
    of origin: PastOrigin, in days: ClosedRange<Int32>, endingBefore end: Int32?
  ) throws -> [Value] {
    let sql = """
      SELECT text, measure, sum(number) AS number \(Self.rows) JOIN dict ON dict.id = past.value
      WHERE site = ? AND origin = ? AND dimension = ? AND past.day BETWEEN ? AND ? AND \(Self.ended)
      GROUP BY text, measure
      """
    let arguments: StatementArguments = [
      site, origin.rawValue, PastRow.cutList, days.lowerBound, days.upperBound, end ?? .max,
    ]
    var lists: [String: [String: Int64]] = [:]
    for row in try Row.fetchAll(db, sql: sql, arguments: arguments) {
      lists[row["text"], default: [:]][row["measure"]] = row["number"]
    }
    return lists.sorted { $0.key < $1.key }.map { Value(value: $0.key, numbers: $0.value) }
  }

  /// Returns the number by which values are ordered: pages, views or hits, whichever the list has.
  private static func rank(_ value: Value) -> Int64 {
    for measure in ["pages", "pageviews", "views", "hits", "visits", "visitors"] {
      if let number = value.numbers[measure] { return number }
    }
    return value.numbers.values.max() ?? 0
  }

  private static let end = "CASE step WHEN \(PastStep.day.rawValue) THEN past.day ELSE last_covered END"

  private static let ended = end + " < ?"

  private static let rows = """
    FROM past_series JOIN past_part ON series = past_series.id JOIN past ON past.part = past_part.id
      JOIN past_kind ON past_kind.id = kind
    """
}

extension SiteStatistics {
  /// What other programs counted for the site, in the same snapshot.
  public var past: PastStatistics { PastStatistics(db, site: UInt32(site)) }
}

import GRDB
import Rollups

/// Renames the values of one dimension of a site, day by day.
///
/// Rows with the same name are joined. What counts hits is exact then; visitors, and visits where a visit may have
/// several values, are an upper bound, because sums do not tell whether two rows have a visitor in common.
struct AggregateRenaming {
  /// Stands for an unknown number of visitors seen loading, which is NULL in the table.
  private static let unknown: Int64 = -1

  private let dimension: Dimension
  private let ids: RenamedIDs
  private let key: [2 of Int64]
  private let values: RowStatement
  private let rows: RowStatement
  private let delete: RowStatement
  private let restoreUnknown: RowStatement
  private var insert: RowInsert
  private var texts: Set<Int64> = []
  private var names: Set<Int64> = []
  private var sum: RenamedTexts.Values

  init(site: UInt32, _ dimension: Dimension, _ ids: RenamedIDs, _ db: Database) throws {
    self.dimension = dimension
    self.ids = ids
    key = [Int64(site), Int64(dimension.rawValue)]
    let ofDay = "WHERE site = ? AND dim = ? AND day = ?"
    let measures = "pageviews, visitors, visits, bounces, seconds, coalesce(seen_loading, \(Self.unknown))"
    values = try RowStatement("SELECT value FROM agg \(ofDay)", db)
    rows = try RowStatement("SELECT value, \(measures) FROM agg \(ofDay)", db)
    delete = try RowStatement("DELETE FROM agg \(ofDay)", db)
    restoreUnknown = try RowStatement(
      "UPDATE agg SET seen_loading = NULL \(ofDay) AND seen_loading = \(Self.unknown)", db)
    insert = try RowInsert(into: "agg", columns: StatsStore.aggregateColumns, db)
    sum = RenamedTexts.Values(dimension: dimension.name)
  }

  /// What all days together change; nil if nothing.
  var effect: RenamedTexts.Values? {
    var effect = sum
    (effect.texts, effect.names) = (texts.count, names.count)
    return texts.isEmpty ? nil : effect
  }

  /// Renames the values of a day, and returns whether any changes.
  ///
  /// - Parameters:
  ///   - total: the counts of the whole day; nil if it has none.
  ///   - writes: whether the rows are changed, and not only counted.
  mutating func rename(_ day: Int32, total: Counts?, writes: Bool) throws -> Bool {
    var isChanged = false
    let place: [3 of Int64] = [key[0], key[1], Int64(day)]
    try values.forEachRow(place.span, columns: 1) { row in
      if try ids.id(of: row[0]) != row[0] { isChanged = true }
    }
    guard isChanged else { return false }
    let joined = join(try named(place.span), total)
    guard writes else { return true }
    // All rows of the day, in their order, so that SQLite fills its pages one after the other.
    try delete.execute(place.span)
    for (value, counts) in joined {
      try insert.add([
        place[0], place[1], place[2], value, counts.pageviews, counts.visitors, counts.visits, counts.bounces,
        counts.seconds, counts.seenLoading ?? Self.unknown,
      ])
    }
    try insert.finish()
    if joined.contains(where: { $0.counts.seenLoading == nil }) { try restoreUnknown.execute(place.span) }
    return true
  }

  /// Returns the rows of a day with the ids of their names.
  private mutating func named(_ place: Span<Int64>) throws -> [(value: Int64, counts: Counts)] {
    var named: [(value: Int64, counts: Counts)] = []
    let rows = rows
    try rows.forEachRow(place, columns: 1 + Counts.measureCount) { row in
      let name = try ids.id(of: row[0])
      named.append((name, Self.counts(row)))
      guard name != row[0] else { return }
      texts.insert(row[0])
      names.insert(name)
      sum.rows += 1
    }
    return named
  }

  /// Returns the sums of rows by value, in the order of values.
  private mutating func join(
    _ rows: [(value: Int64, counts: Counts)], _ total: Counts?
  ) -> [(value: Int64, counts: Counts)] {
    var joined: [(value: Int64, counts: Counts)] = []
    for row in rows.sorted(by: { $0.value < $1.value }) {
      guard let last = joined.indices.last, joined[last].value == row.value else {
        joined.append(row)
        continue
      }
      joined[last].counts += row.counts
      if let total { bound(&joined[last].counts, by: total) }
      sum.joined += 1
    }
    return joined
  }

  /// No value has more visitors or visits than its day. Those who only asked for missing pages, and robots, are not among
  /// the visitors of the day.
  private func bound(_ counts: inout Counts, by total: Counts) {
    guard dimension != .notFound, dimension != .feed else { return }
    counts.visitors = min(counts.visitors, total.visitors)
    counts.visits = min(counts.visits, total.visits)
    counts.seenLoading = counts.seenLoading.map { min($0, total.seenLoading ?? $0) }
  }

  private static func counts(_ row: Span<Int64>) -> Counts {
    var counts = Counts()
    counts.pageviews = row[1]
    counts.visitors = row[2]
    counts.visits = row[3]
    counts.bounces = row[4]
    counts.seconds = row[5]
    counts.seenLoading = row[6] == unknown ? nil : row[6]
    return counts
  }
}

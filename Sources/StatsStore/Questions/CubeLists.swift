import GRDB
import Rollups

/// Lists of values under a filter, from one pass over the cells of a cube.
///
/// A year may have hundreds of thousands of cells. SQLite would read all of them for each list, and sort them to add them up.
/// Here they are read once for all lists, and added up in tables.
struct CubeLists {
  /// The sums of one dimension.
  private struct Sums {
    let dimension: Dimension
    /// The bit of ``Firsts`` that visitors must have; nil if all of them may be added up.
    let bit: Int?
    /// The places of the value, its visitors and its page views or events among the columns.
    let value: Int
    let visitors: Int
    let pageviews: Int
    /// The id of the empty text, if it is no value of this list.
    let skipped: Int64?
    var places: [Int64: Int] = [:]
    var counts: [(id: Int64, counts: Counts)] = []
    /// The place of the value of the row before: cells with equal values often follow each other.
    var last: (id: Int64, place: Int)?

    /// Adds a cell, whose first columns are marks, visits, bounces and seconds.
    mutating func add(_ cell: Span<Int64>) {
      let id = cell[value]
      if id == skipped { return }
      let place = place(of: id)
      counts[place].counts.pageviews += cell[pageviews]
      counts[place].counts.visits += cell[1]
      if bit.map({ cell[0] >> Int64($0) & 1 == 1 }) ?? true { counts[place].counts.visitors += cell[visitors] }
      // Neither belongs to an event alone.
      if dimension == .event { return }
      counts[place].counts.bounces += cell[2]
      counts[place].counts.seconds += cell[3]
    }

    private mutating func place(of id: Int64) -> Int {
      if let last, last.id == id { return last.place }
      let place = places[id, default: counts.count]
      if place == counts.count {
        places[id] = place
        var none = Counts()
        // Cubes do not tell who loads.
        none.seenLoading = nil
        counts.append((id, none))
      }
      last = (id, place)
      return place
    }
  }

  private let db: Database
  private var lists: [Sums] = []

  /// Adds up the cells of a cube that pass a filter.
  ///
  /// - Parameter dimensions: those to list, which the cube answers with the filter.
  init(
    _ dimensions: [Dimension], of cube: Cube, _ filter: VisitFilter, site: Int64, _ days: ClosedRange<Int32>,
    _ db: Database
  ) throws {
    self.db = db
    let none = try Int64.fetchOne(db, sql: "SELECT id FROM dict WHERE text = ''")
    // Measures that a cube does not have are zero.
    let measures = ["firsts", "visits", "bounces", "seconds"].map { cube.numbers.contains($0) ? $0 : "0" }
    var columns = measures
    func place(of column: String) -> Int {
      if let place = columns.firstIndex(of: column) { return place }
      columns.append(column)
      return columns.count - 1
    }
    for dimension in dimensions {
      let visitors = cube.visitors(by: filter.dimensions.union([dimension]))
      lists.append(
        Sums(
          dimension: dimension, bit: visitors.bit, value: place(of: cube.column(listing: dimension)),
          visitors: place(of: visitors.column),
          // A list of events counts events, as their rows do.
          pageviews: place(of: dimension == .event ? "events" : "pageviews"),
          skipped: cube.mayLack(dimension) ? none : nil))
    }
    let terms = try filter.terms.map {
      try Self.condition($0, cube.column(filteredBy: $0.dimension, listing: dimensions[0]), db)
    }
    let conditions = ["site = ? AND day BETWEEN ? AND ?", cube.table.isOfDay] + terms
    let cells = try RowStatement(
      "SELECT \(columns.joined(separator: ", ")) FROM \(cube.withDays) WHERE \(conditions.joined(separator: " AND "))",
      db)
    let key: [3 of Int64] = [site, Int64(days.lowerBound), Int64(days.upperBound)]
    try cells.forEachRow(key.span, columns: columns.count) { cell in
      for index in lists.indices { lists[index].add(cell) }
    }
  }

  /// Returns the condition that a column has one of a term's values, or none of them.
  private static func condition(_ term: VisitFilter.Term, _ column: String, _ db: Database) throws -> String {
    let marks = Array(repeating: "?", count: term.values.count).joined(separator: ", ")
    let ids = try Int64.fetchAll(
      db, sql: "SELECT id FROM dict WHERE text IN (\(marks))", arguments: StatementArguments(term.values))
    return "\(column) \(term.isNegated ? "NOT IN" : "IN") (\(ids.map { String($0) }.joined(separator: ", ")))"
  }

  /// Returns the values with the most visitors of each list, and the number of its values, as
  /// ``SiteStatistics/top(_:in:limit:)`` does.
  func tops(limit: Int) throws -> [Dimension: (rows: [SiteStatistics.Row], values: Int)] {
    let rest = try Int64.fetchOne(db, sql: "SELECT id FROM dict WHERE text = ?", arguments: [StatsStore.otherValues])
    var tops: [Dimension: (rows: [SiteStatistics.Row], values: Int)] = [:]
    for list in lists {
      let ranked = list.counts.filter { $0.id != rest }.sorted { Self.isMore($0.counts, $1.counts) }
      let last = ranked.count > limit ? ranked[max(0, limit - 1)].counts : nil
      let first = ranked.prefix { entry in limit > 0 && last.map { !Self.isMore($0, entry.counts) } ?? true }
      var rows = try self.rows(Array(first))
      // The order of texts decides who is last among equals.
      rows.sort { left, right in
        if Self.isMore(left.counts, right.counts) { return true }
        return !Self.isMore(right.counts, left.counts)
          && left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
      }
      rows = Array(rows.prefix(limit)) + (try self.rows(list.counts.filter { $0.id == rest }))
      tops[list.dimension] = (rows, list.counts.count)
    }
    return tops
  }

  private static func isMore(_ left: Counts, _ right: Counts) -> Bool {
    (left.visitors, left.pageviews) > (right.visitors, right.pageviews)
  }

  private func rows(_ entries: [(id: Int64, counts: Counts)]) throws -> [SiteStatistics.Row] {
    guard !entries.isEmpty else { return [] }
    let ids = entries.map { String($0.id) }.joined(separator: ", ")
    let found = try Row.fetchAll(db, sql: "SELECT id, text FROM dict WHERE id IN (\(ids))")
    let texts = Dictionary(uniqueKeysWithValues: found.map { ($0[0] as Int64, $0[1] as String) })
    return entries.map { SiteStatistics.Row(value: texts[$0.id] ?? "", counts: $0.counts) }
  }
}

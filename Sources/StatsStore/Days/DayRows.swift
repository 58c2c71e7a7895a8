import GRDB
import Rollups

/// The rows of `agg` of several days, inserted together in the order of its key.
///
/// The key of `agg` begins with site and dimension, so the rows of a single day go to some thirty places in the middle of
/// the table. In an import of many days, those of a dimension follow each other, and in a new database all of them go to
/// the end, where SQLite finds their places at once.
struct DayRows {
  /// The number of rows at which they are inserted: some 20 MB.
  static let most = 250_000

  private struct Aggregate {
    var day: Int32
    var value: Int64
    var counts: Counts

    /// Whether it is the sum of requests, which have neither visitors nor visits.
    var isOfRequests: Bool {
      counts.visitors == 0 && counts.visits == 0 && counts.bounces == 0 && counts.seenLoading == 0
    }
  }

  private let most: Int
  /// The number of rows that are not inserted yet.
  private(set) var count = 0
  private var site: Int64 = 0
  /// The rows of `agg` by the number of their dimension.
  private var aggregates = [[Aggregate]](repeating: [], count: Dimension.allCases.count)

  /// - Parameter most: the number of rows at which they are inserted.
  init(most: Int = Self.most) {
    self.most = most
  }

  /// Adds a row of `agg`. Those of a dimension should come in the order of sites, days and values.
  mutating func add(
    _ dimension: Dimension, value: Int64, _ counts: Counts, site: UInt32, day: Int32, _ db: Database
  ) throws {
    try makeRoom(site, db)
    aggregates[Int(dimension.rawValue)].append(Aggregate(day: day, value: value, counts: counts))
  }

  private mutating func makeRoom(_ site: UInt32, _ db: Database) throws {
    if count == most || Int64(site) != self.site { try insert(db) }
    self.site = Int64(site)
    count += 1
  }

  /// Inserts all rows.
  mutating func insert(_ db: Database) throws {
    guard count > 0 else { return }
    try insertAggregates(db)
    count = 0
  }

  private mutating func insertAggregates(_ db: Database) throws {
    var all = try RowInsert(into: "agg", row: "(?1, ?, ?, ?, ?, ?, ?, ?, ?, ?)", count: 9, shared: [site], db)
    var requests = try RowInsert(into: "agg", row: "(?1, ?, ?, ?, ?, 0, 0, 0, ?, 0)", count: 5, shared: [site], db)
    for dimension in aggregates.indices {
      for row in aggregates[dimension] {
        let counts = row.counts
        if row.isOfRequests {
          try requests.add([Int64(dimension), Int64(row.day), row.value, counts.pageviews, counts.seconds])
        } else {
          try all.add([
            Int64(dimension), Int64(row.day), row.value, counts.pageviews, counts.visitors, counts.visits,
            counts.bounces, counts.seconds, counts.seenLoading ?? 0,
          ])
        }
      }
      aggregates[dimension].removeAll(keepingCapacity: true)
    }
    try all.finish()
    try requests.finish()
  }
}

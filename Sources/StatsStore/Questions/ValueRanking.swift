import GRDB

/// The values of a dimension that can be among those with the most visitors.
///
/// A year of a large site has millions of rows. SQLite would sort all of them to sum them by value, which takes a
/// second or more. Here only visitors are summed, in a flat table, from one number a row. Then only the values that
/// can be among the first are summed in full. This takes an eighth of the time.
struct ValueRanking {
  /// The number of values that may tie for the last place before it is better to sort all of them.
  private static let mostTies = 2_000

  /// The ids of all values that can be among the first; nil if there are too many, in which case all must be
  /// summed.
  let candidates: [Int64]?
  /// The number of values.
  let values: Int

  /// - Parameters:
  ///   - rows: the rows of the dimension and period.
  ///   - limit: the number of values wanted.
  ///   - rest: the id of the value that stands for the rest of a day's values; it is a candidate, but takes no place.
  init(_ db: Database, _ rows: PeriodRows, limit: Int, rest: Int64?) throws {
    let largest = try Int.fetchOne(db, sql: "SELECT max(id) FROM dict") ?? 0
    var visitors = [Int64](repeating: -1, count: largest + 1)
    // Ids and visitors are each below 2³¹, so both fit into one number, which can be read without a row object.
    for statement in rows.statements(selecting: "value << 32 | visitors") {
      let packed = try Int64.fetchCursor(db, sql: statement)
      while let row = try packed.next() {
        let id = Int(row >> 32)
        visitors[id] = max(0, visitors[id]) + row & 0xFFFF_FFFF
      }
    }
    let seen = visitors.indices.filter { visitors[$0] >= 0 }
    values = seen.count
    let place = rest.map(Int.init)
    let ranked = seen.filter { $0 != place }.map { visitors[$0] }.sorted(by: >)
    let least = ranked.count > limit ? ranked[limit - 1] : 0
    let first = seen.filter { visitors[$0] >= least || $0 == place }
    candidates = first.count <= limit + Self.mostTies ? first.map(Int64.init) : nil
  }
}

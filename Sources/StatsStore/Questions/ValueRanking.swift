import GRDB

/// Which values of a dimension can be among those with most visitors.
///
/// A year of a large site has millions of rows, of which SQLite would sort every one to add them up by value: a second and
/// more. Here visitors alone are added up in a flat table, from one number a row, and only the values that can be among
/// the first are added up in full, which takes an eighth of the time.
struct ValueRanking {
  /// How many values may tie for the last place before sorting them all is the better way.
  private static let mostTies = 2_000

  /// The ids of all values that can be among the first; nil where too many can, so that all must be added up.
  let candidates: [Int64]?
  /// How many values there are.
  let values: Int

  /// - Parameters:
  ///   - rows: of which dimension and period.
  ///   - limit: how many values are wanted.
  init(_ db: Database, _ rows: PeriodRows, limit: Int) throws {
    let largest = try Int.fetchOne(db, sql: "SELECT max(id) FROM dict") ?? 0
    var visitors = [Int64](repeating: -1, count: largest + 1)
    // Ids and visitors are below 2³¹ each, so that both fit into the one number that can be read without a row object.
    for statement in rows.statements(selecting: "value << 32 | visitors") {
      let packed = try Int64.fetchCursor(db, sql: statement)
      while let row = try packed.next() {
        let id = Int(row >> 32)
        visitors[id] = max(0, visitors[id]) + row & 0xFFFF_FFFF
      }
    }
    let seen = visitors.indices.filter { visitors[$0] >= 0 }
    values = seen.count
    let ranked = seen.map { visitors[$0] }.sorted(by: >)
    let least = ranked.count > limit ? ranked[limit - 1] : 0
    let first = seen.filter { visitors[$0] >= least }
    candidates = first.count <= limit + Self.mostTies ? first.map(Int64.init) : nil
  }
}

import GRDB
import Rollups

/// The tables of the cubes, and sums over their rows.
extension Cube {
  /// The table. A year may have millions of pages, so one of them is looked up.
  var table: DayTable { DayTable(name: name, isKeyed: self == .pages || self == .nextPages) }

  /// The columns of the dimensions, each the id of a text.
  var keys: [String] { dimensions.map(\.name) }

  /// The columns behind the id, or behind the number of the day.
  var columns: [String] { keys + numbers }

  /// The statement that creates the table.
  var definition: String {
    let values = columns.map { "\($0) INTEGER NOT NULL" }.joined(separator: ", ")
    guard table.isKeyed else { return "CREATE TABLE \(name)(id INTEGER PRIMARY KEY, \(values)) STRICT;" }
    let key = ["day_number"] + keys + (markedDimensions.isEmpty ? [] : [numbers[0]])
    return """
      CREATE TABLE \(name)(
        day_number INTEGER NOT NULL, \(values), PRIMARY KEY(\(key.joined(separator: ", ")))
      ) STRICT, WITHOUT ROWID;
      """
  }

  /// Days with their cells, for a query with the condition ``DayTable/isOfDay``.
  var withDays: String { "day CROSS JOIN \(name)" }

  /// Returns the visitors that may be summed over cells distinguished only by these dimensions, as an expression in SQL.
  func visitors(by dimensions: Set<Dimension>) -> String {
    guard self == .visits else {
      if markedDimensions.allSatisfy(dimensions.contains) { return "visitors" }
      return "visitors * (firsts >> \(Firsts.bit(of: dimensions, in: self)) & 1)"
    }
    return switch (dimensions.contains(.source), dimensions.contains(.channel)) {
    case (true, true): "visitors"
    case (true, false): "visitors_of_source"
    case (false, true): "visitors_of_channel"
    case (false, false): "visitors_of_day"
    }
  }

  /// Moves the cells of earlier versions, which had no ids, as part of a migration.
  static func moveCells(_ db: Database) throws {
    let columns = visits.columns.joined(separator: ", ")
    try db.execute(
      sql: """
        INSERT INTO \(visits.name)(id, \(columns))
          SELECT (day.number << \(DayTable.placeBits))
              + row_number() OVER (PARTITION BY day.number ORDER BY \(visits.keys.joined(separator: ", "))) - 1,
            \(columns)
          FROM cube JOIN day ON day.site = cube.site AND day.day = cube.day ORDER BY 1;
        DROP TABLE cube;
        """)
  }
}

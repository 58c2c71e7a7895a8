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

  /// The visitors of cells that may be summed.
  struct Visitors {
    /// The column with their number.
    var column: String
    /// The bit of ``Rollups/Firsts`` that a cell must have; nil if all cells count.
    var bit: Int?

    /// The same as an expression in SQL.
    var sql: String { bit.map { "\(column) * (firsts >> \($0) & 1)" } ?? column }
  }

  /// Returns the visitors that may be summed over cells distinguished only by these dimensions.
  func visitors(by dimensions: Set<Dimension>) -> Visitors {
    guard self == .visits else {
      let hasAll = markedDimensions.allSatisfy(dimensions.contains)
      return Visitors(column: "visitors", bit: hasAll ? nil : Firsts.bit(of: dimensions, in: self))
    }
    let column =
      switch (dimensions.contains(.source), dimensions.contains(.channel)) {
      case (true, true): "visitors"
      case (true, false): "visitors_of_source"
      case (false, true): "visitors_of_channel"
      case (false, false): "visitors_of_day"
      }
    return Visitors(column: column)
  }

  /// Returns the column with the values of a list. What came before a page stands in the cells of which it is the next page.
  func column(listing dimension: Dimension) -> String {
    dimension == .previousPage ? Dimension.page.name : dimension.name
  }

  /// Returns the column of a filter's dimension while another one is listed.
  func column(filteredBy dimension: Dimension, listing listed: Dimension) -> String {
    listed == .previousPage ? Dimension.nextPage.name : dimension.name
  }

  /// Whether a visit may have no value of a dimension, so that the empty text is none.
  func mayLack(_ dimension: Dimension) -> Bool {
    markedDimensions.contains(dimension) && dimension != .source && dimension != .channel
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

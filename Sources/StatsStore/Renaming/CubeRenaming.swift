import GRDB

/// Renames the sources in the cube of a site, day by day.
///
/// Cells with the same values are joined. Their visitors, and those of their source, are an upper bound then. A visitor
/// has one country, browser, system and device per day, so no cell has more visitors than the day has with these four.
struct CubeRenaming {
  /// The places of some columns among the keys, or among the measures.
  private enum Column {
    /// Country, browser, system and device.
    static let people = 2..<6
    static let visitors = 1
    static let visitorsOfSource = 5
    static let visitorsOfDay = 7
  }

  private let site: Int64
  private let ids: RenamedIDs
  private let sources: RowStatement
  private let cells: RowStatement
  private let db: Database

  init(site: UInt32, _ ids: RenamedIDs, _ db: Database) throws {
    self.site = Int64(site)
    self.ids = ids
    self.db = db
    sources = try RowStatement("SELECT DISTINCT source FROM cube WHERE site = ? AND day = ?", db)
    let columns = (Cube.keys + Cube.measures).joined(separator: ", ")
    cells = try RowStatement("SELECT \(columns) FROM cube WHERE site = ? AND day = ?", db)
  }

  /// Renames the sources of a day, and returns whether any changes.
  ///
  /// - Parameter writes: whether the cells are changed.
  func rename(_ day: Int32, writes: Bool) throws -> Bool {
    let place: [2 of Int64] = [site, Int64(day)]
    var isChanged = false
    try sources.forEachRow(place.span, columns: 1) { row in
      if try ids.id(of: row[0]) != row[0] { isChanged = true }
    }
    guard isChanged, writes else { return isChanged }
    let sums = bounded(try sums(place.span))
    try db.cachedStatement(sql: "DELETE FROM cube WHERE site = ? AND day = ?").execute(arguments: [site, day])
    var insert = try RowInsert(into: "cube", columns: Cube.columns, db)
    for (key, measures) in sums { try insert.add(([site, Int64(day)] + key + measures).span) }
    try insert.finish()
    return true
  }

  /// Returns the sums of the cells by their values, in the order of the table.
  private func sums(_ place: Span<Int64>) throws -> [(key: [Int64], measures: [Int64])] {
    var sums: [[Int64]: [Int64]] = [:]
    try cells.forEachRow(place, columns: Cube.keys.count + Cube.measures.count) { row in
      var key = Cube.keys.indices.map { row[$0] }
      key[0] = try ids.id(of: key[0])
      let measures = Cube.measures.indices.map { row[key.count + $0] }
      sums[key] = sums[key].map { zip($0, measures).map(+) } ?? measures
    }
    return sums.map { ($0.key, $0.value) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }

  private func bounded(_ cells: [(key: [Int64], measures: [Int64])]) -> [(key: [Int64], measures: [Int64])] {
    // The first visit of each visitor is in one cell, so these sums are exact.
    var people: [ArraySlice<Int64>: Int64] = [:]
    for cell in cells { people[cell.key[Column.people], default: 0] += cell.measures[Column.visitorsOfDay] }
    // Cells of one source and the same people differ in their channels.
    var rest: [[Int64]: Int64] = [:]
    return cells.map { key, measures in
      let most = people[key[Column.people]] ?? 0
      var measures = measures
      measures[Column.visitors] = min(measures[Column.visitors], most)
      let group = [key[0]] + key[Column.people]
      let mostOfSource = rest[group] ?? most
      measures[Column.visitorsOfSource] = min(measures[Column.visitorsOfSource], mostOfSource)
      rest[group] = mostOfSource - measures[Column.visitorsOfSource]
      return (key, measures)
    }
  }
}

import GRDB
import Rollups

/// Renames the values in a cube of a site, day by day.
///
/// Cells with the same values are joined. Their visitors, those of their source, and the visits of pages and events, are an
/// upper bound then. In ``Cube/visits``, a visitor has one country, browser, system and device per day, so no cell has more visitors
/// than the day has with these four.
struct CubeRenaming {
  /// The places of some columns of ``Cube/visits`` among the keys, or among the measures.
  private enum Column {
    /// Country, browser, system and device.
    static let people = 2..<6
    static let visitors = 1
    static let visitorsOfSource = 5
    static let visitorsOfDay = 7
  }

  private let site: UInt32
  private let cube: Cube
  /// The names of the values of each dimension; nil if they keep theirs.
  private let ids: [RenamedIDs?]
  private let db: Database

  init(site: UInt32, _ cube: Cube, _ ids: [TextRole: RenamedIDs], _ db: Database) {
    self.site = site
    self.cube = cube
    self.ids = cube.dimensions.map { TextRole($0).flatMap { ids[$0] } }
    self.db = db
  }

  /// Renames the values of a day, and returns whether any changes.
  ///
  /// - Parameter writes: whether the cells are changed.
  func rename(_ day: Int32, writes: Bool) throws -> Bool {
    let keys = ids.count
    let isMarked = !cube.markedDimensions.isEmpty
    var isChanged = false
    var sums: [[Int64]: [Int64]] = [:]
    try cube.table.forEachRow(cube.columns, site: site, day: day, db) { row in
      var key = (0..<keys + (isMarked ? 1 : 0)).map { row[$0] }
      for (index, ids) in ids.enumerated() {
        guard let ids else { continue }
        key[index] = try ids.id(of: row[index])
        if key[index] != row[index] { isChanged = true }
      }
      // A page that follows another of its name is the same page, viewed again.
      if cube == .nextPages, key[0] == key[1], row[0] != row[1] { return }
      let measures = (key.count..<row.count).map { row[$0] }
      sums[key] = sums[key].map { zip($0, measures).map(+) } ?? measures
    }
    guard isChanged, writes else { return isChanged }
    var cells = sums.map { (key: $0.key, measures: $0.value) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    if cube == .visits { cells = Self.bounded(cells) }
    try cube.table.delete(site: site, day: day, db)
    try cube.table.insertRows(columns: cube.columns.count, site: site, day: day, db) { insert in
      for (key, measures) in cells { try insert((key + measures).span) }
    }
    return true
  }

  private static func bounded(_ cells: [(key: [Int64], measures: [Int64])]) -> [(key: [Int64], measures: [Int64])] {
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

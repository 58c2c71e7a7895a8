import GRDB
import Hits
import Rollups

/// Renames the pages that robots asked for on sealed days. Rows with the same name are joined, which is exact.
struct RobotPageRenaming {
  private let site: UInt32
  private let ids: RenamedIDs
  private let db: Database
  private var texts: Set<Int64> = []
  private var names: Set<Int64> = []
  private var sum = RenamedTexts.Values(dimension: Dimension.robotPage.name)

  init(site: UInt32, _ ids: RenamedIDs, _ db: Database) {
    self.site = site
    self.ids = ids
    self.db = db
  }

  /// What all days together change; nil if nothing.
  var effect: RenamedTexts.Values? {
    var effect = sum
    (effect.texts, effect.names) = (texts.count, names.count)
    return texts.isEmpty ? nil : effect
  }

  /// Renames the pages of a day, and returns whether any changes.
  ///
  /// - Parameter writes: whether the rows are changed, and not only counted.
  mutating func rename(_ day: Int32, writes: Bool) throws -> Bool {
    var rows: [RobotPages.Row] = []
    var places: [RobotPages.Key: Int] = [:]
    var isChanged = false
    try RobotPages.forEach(site: site, day: day, db) { row in
      var row = row
      let name = try ids.id(of: row.page)
      if name != row.page {
        isChanged = true
        texts.insert(row.page)
        names.insert(name)
        sum.rows += 1
        row.page = name
      }
      if let place = places[row.key] {
        rows[place].sum += row.sum
        sum.joined += 1
      } else {
        places[row.key] = rows.count
        rows.append(row)
      }
    }
    guard isChanged, writes else { return isChanged }
    try RobotPages.table.delete(site: site, day: day, db)
    try RobotPages.insert(rows, site: site, day: day, db)
    return true
  }
}

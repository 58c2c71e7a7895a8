import GRDB
import Hits

/// Renames the values of what other programs counted for a site. Rows with the same name are joined; what may count the same
/// visitor in both is removed then.
struct PastRenaming {
  private let site: UInt32
  private let ids: [TextRole: RenamedIDs]
  private let db: Database

  /// The rows of a part that count the same.
  private struct List {
    var part: Int64
    var kind: Int64
    var origin: PastOrigin
    var dimension: String
    var measure: String
  }

  private struct Place: Hashable {
    var day: Int64
    var value: Int64
  }

  /// What one dimension changes.
  private struct Effect {
    var texts: Set<Int64> = []
    var names: Set<Int64> = []
    var rows = 0
    var joined = 0
  }

  init(site: UInt32, _ ids: [TextRole: RenamedIDs], _ db: Database) {
    self.site = site
    self.ids = ids
    self.db = db
  }

  /// Renames all values.
  ///
  /// - Parameter writes: whether the rows are changed, and not only counted.
  /// - Returns: what changes, by dimension.
  func rename(writes: Bool) throws -> [RenamedTexts.Values] {
    var effects: [String: Effect] = [:]
    for list in try lists() {
      try rename(list, writes: writes, &effects[list.dimension, default: Effect()])
    }
    return effects.filter { $0.value.rows > 0 }.sorted { $0.key < $1.key }.map { dimension, effect in
      var values = RenamedTexts.Values(dimension: "past_" + dimension)
      (values.texts, values.names) = (effect.texts.count, effect.names.count)
      (values.rows, values.joined) = (effect.rows, effect.joined)
      return values
    }
  }

  private func lists() throws -> [List] {
    let sql = """
      SELECT DISTINCT part, kind, origin, dimension, measure
      FROM past_series JOIN past_part ON series = past_series.id JOIN past ON part = past_part.id
        JOIN past_kind ON past_kind.id = kind
      WHERE site = ? AND dimension NOT IN (?, ?)
      """
    let arguments: StatementArguments = [Int64(site), PastRow.total, PastRow.cutList]
    return try Row.fetchAll(db, sql: sql, arguments: arguments).compactMap { row in
      PastOrigin(rawValue: row["origin"]).map { origin in
        List(
          part: row["part"], kind: row["kind"], origin: origin, dimension: row["dimension"], measure: row["measure"])
      }
    }
  }

  private func rename(_ list: List, writes: Bool, _ effect: inout Effect) throws {
    guard let role = TextRole(past: list.dimension), let ids = ids[role] else { return }
    let ofList = "FROM past WHERE part = ? AND kind = ?"
    let select = try db.cachedStatement(sql: "SELECT day, value, number \(ofList)")
    var numbers: [Place: Int64] = [:]
    var unknown: Set<Place> = []
    var isChanged = false
    for row in try Row.fetchAll(select, arguments: [list.part, list.kind]) {
      let old: Int64 = row["value"]
      let place = Place(day: row["day"], value: try ids.id(of: old))
      if place.value != old {
        isChanged = true
        effect.texts.insert(old)
        effect.names.insert(place.value)
        effect.rows += 1
      }
      if numbers[place] != nil {
        effect.joined += 1
        if list.origin.overlaps(list.measure, in: list.dimension) { unknown.insert(place) }
      }
      numbers[place, default: 0] += row["number"] as Int64
    }
    guard isChanged, writes else { return }
    try db.cachedStatement(sql: "DELETE \(ofList)").execute(arguments: [list.part, list.kind])
    let insert = try db.cachedStatement(sql: "INSERT INTO past(part, kind, day, value, number) VALUES(?, ?, ?, ?, ?)")
    for (place, number) in numbers where !unknown.contains(place) {
      try insert.execute(arguments: [list.part, list.kind, place.day, place.value, number])
    }
  }
}

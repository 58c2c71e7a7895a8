import ByteScanning
import GRDB
import Hits
import Rollups

/// What robots asked for and got on each day, by page: the rows of `robot_page`, the values of ``Dimension/robotPage``.
///
/// On nearly every day, each request of a robot is for another page. So these rows are the most of many days, and a text of
/// the dictionary for each would be the most of the dictionary. The id of a row is the number of its day and its place
/// within the day: the rows of a day are found without an index, and SQLite appends those of a new one
/// (docs/decisions/0028-robots-pages.md).
enum RobotPages {
  /// What a row is about, of which a day has no other row.
  struct Key: Hashable {
    let robot: Int64
    let page: Int64
    let thing: FetchedThing
    let answer: AnswerKind
  }

  struct Row {
    /// The id of the robot's name and class, joined.
    var robot: Int64
    /// The id of the pathname.
    var page: Int64
    var thing: FetchedThing
    var answer: AnswerKind
    var sum: RobotRequests

    var key: Key { Key(robot: robot, page: page, thing: thing, answer: answer) }
  }

  /// The number of low bits of an id that are the place within the day.
  private static let placeBits = 24
  /// The condition that a row of `robot_page` belongs to a row of `day`.
  static let isOfDay =
    "robot_page.id BETWEEN (day.number << \(placeBits)) AND ((day.number << \(placeBits)) + \(1 << placeBits - 1))"
  /// The number of a day that is added to `day`, as an expression in SQL.
  static let nextDay = "(SELECT coalesce(max(number), 0) + 1 FROM day)"
  /// Days, their rows and the texts of these, for a query with the condition ``isOfDay``.
  static let withTexts = """
    day CROSS JOIN robot_page JOIN dict AS robot ON robot.id = robot_page.robot
    JOIN dict AS page ON page.id = robot_page.page
    """

  /// Calls `body` with the rows of a day.
  static func forEach(site: UInt32, day: Int32, _ db: Database, _ body: (Row) throws -> Void) throws {
    let rows = try RowStatement(
      """
      SELECT robot, page, thing, answer, requests, bytes FROM day CROSS JOIN robot_page
      WHERE site = ? AND day = ? AND \(isOfDay)
      """, db)
    let key: [2 of Int64] = [Int64(site), Int64(day)]
    try rows.forEachRow(key.span, columns: 6) { row in
      guard let thing = FetchedThing(rawValue: UInt8(clamping: row[2])),
        let answer = AnswerKind(rawValue: UInt8(clamping: row[3]))
      else { throw damage }
      try body(
        Row(
          robot: row[0], page: row[1], thing: thing, answer: answer,
          sum: RobotRequests(count: row[4], bytes: row[5])))
    }
  }

  /// Inserts the rows of a day, which has none and is in `day`.
  static func insert(_ rows: some Collection<Row>, site: UInt32, day: Int32, _ db: Database) throws {
    guard !rows.isEmpty else { return }
    let number = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT number FROM day WHERE site = ? AND day = ?"), arguments: [Int64(site), day])
    guard let number, rows.count < 1 << placeBits else { throw damage }
    var insert = try RowInsert(into: "robot_page", columns: 7, db)
    var id = number << Int64(placeBits)
    for row in rows {
      try insert.add([
        id, row.robot, row.page, Int64(row.thing.rawValue), Int64(row.answer.rawValue), row.sum.count, row.sum.bytes,
      ])
      id += 1
    }
    try insert.finish()
  }

  /// Deletes the rows of a day.
  static func delete(site: UInt32, day: Int32, _ db: Database) throws {
    let delete = try RowStatement(
      """
      DELETE FROM robot_page WHERE id BETWEEN
        (SELECT number << \(placeBits) FROM day WHERE site = ?1 AND day = ?2)
        AND (SELECT (number << \(placeBits)) + \(1 << placeBits - 1) FROM day WHERE site = ?1 AND day = ?2)
      """, db)
    let key: [2 of Int64] = [Int64(site), Int64(day)]
    try delete.execute(key.span)
  }

  private static var damage: DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the pages of robots are damaged")
  }
}

// The same as values with texts: the robot's name and class, the pathname, thing and answer.
extension RobotPages {
  /// Returns the value of a row.
  static func text(robot: String, page: String, _ thing: FetchedThing, _ answer: AnswerKind) -> String {
    HitBatch.joined([robot, page, thing.name, answer.name])
  }

  /// Returns the row of a value; nil if it is no such value.
  static func row(
    ofText text: String, _ sum: RobotRequests, _ dictionary: inout TextDictionary, _ stored: StoredTexts
  ) throws -> Row? {
    let parts = HitBatch.parts(of: text)
    guard parts.count == 5, let thing = FetchedThing.allCases.first(where: { $0.name == parts[3] }),
      let answer = AnswerKind.allCases.first(where: { $0.name == parts[4] })
    else { return nil }
    return Row(
      robot: try dictionary.id(of: HitBatch.joined(parts[0...1]), in: stored),
      page: try dictionary.id(of: parts[2], in: stored), thing: thing, answer: answer, sum: sum)
  }
}

// Earlier versions had a text for each value, and the rows were in `agg`.
extension RobotPages {
  /// Moves the rows of `agg` to `robot_page`, as part of a migration.
  static func moveTexts(_ db: Database) throws {
    var dictionary = TextDictionary()
    let stored = try StoredTexts(db)
    let dimension = Dimension.robotPage.rawValue
    for site in try Int64.fetchAll(db, sql: "SELECT id FROM site") {
      let days = try Int32.fetchAll(
        db, sql: "SELECT DISTINCT day FROM agg WHERE site = ? AND dim = ?", arguments: [site, dimension])
      for day in days {
        let rows = try GRDB.Row.fetchAll(
          db.cachedStatement(
            sql: """
              SELECT text, pageviews, seconds FROM agg JOIN dict ON id = value WHERE site = ? AND dim = ? AND day = ?
              """), arguments: [site, dimension, day])
        let pages = try rows.map { row in
          let sum = RobotRequests(count: row[1], bytes: row[2])
          guard let page = try Self.row(ofText: row[0], sum, &dictionary, stored) else { throw damage }
          return page
        }
        try insert(pages, site: UInt32(site), day: day, db)
      }
      for table in ["agg", "month_agg"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE site = ? AND dim = ?", arguments: [site, dimension])
      }
    }
  }
}

import ByteScanning
import GRDB
import Hits
import Rollups

/// What robots asked for and got on each day, by page: the rows of `robot_page`, the values of ``Dimension/robotPage``.
///
/// On nearly every day, each request of a robot is for another page. So these rows are the most of many days, and a text of
/// the dictionary for each would be the most of the dictionary.
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

  static let table = DayTable(name: "robot_page")
  private static let columns = ["robot", "page", "thing", "answer", "requests", "bytes"]
  /// Days, their rows and the texts of these, for a query with the condition ``DayTable/isOfDay``.
  static let withTexts = """
    day CROSS JOIN robot_page JOIN dict AS robot ON robot.id = robot_page.robot
    JOIN dict AS page ON page.id = robot_page.page
    """

  /// Calls `body` with the rows of a day.
  static func forEach(site: UInt32, day: Int32, _ db: Database, _ body: (Row) throws -> Void) throws {
    try table.forEachRow(columns, site: site, day: day, db) { row in
      guard let thing = FetchedThing(rawValue: UInt8(clamping: row[2])),
        let answer = AnswerKind(rawValue: UInt8(clamping: row[3]))
      else { throw table.damage }
      try body(
        Row(
          robot: row[0], page: row[1], thing: thing, answer: answer,
          sum: RobotRequests(count: row[4], bytes: row[5])))
    }
  }

  /// Inserts the rows of a day, which has none and is in `day`.
  static func insert(_ rows: some Collection<Row>, site: UInt32, day: Int32, _ db: Database) throws {
    try table.insertRows(columns: columns.count, site: site, day: day, db) { insert in
      for row in rows {
        let numbers: [6 of Int64] = [
          row.robot, row.page, Int64(row.thing.rawValue), Int64(row.answer.rawValue), row.sum.count, row.sum.bytes,
        ]
        try insert(numbers.span)
      }
    }
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
          guard let page = try Self.row(ofText: row[0], sum, &dictionary, stored) else { throw table.damage }
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

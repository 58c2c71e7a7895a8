import GRDB
import Hits
import Rollups

extension StatsStore {
  /// Writes all statistics as lines of text in a fixed order, so that equal statistics give equal bytes.
  ///
  /// Omits ids, import numbers and tracking ids, which depend on the order of imports or on chance.
  public func dump(_ output: (String) -> Void) throws {
    try read { db in
      var lines: [String] = []
      let hosts = try Row.fetchAll(db, sql: "SELECT id, host, timezone FROM site ORDER BY host")
      for row in hosts {
        let site: Int64 = row["id"]
        let host: String = row["host"]
        lines.append("site\t\(host)\t\(row["timezone"] as String)")
        lines += try Self.aggregateLines(site, host, db)
        lines += try Self.robotPageLines(site, host, db)
        for cube in Cube.allCases { lines += try Self.lines(of: cube, site, host, db) }
        lines += try Self.pastLines(host, db)
      }
      for line in lines.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) { output(line + "\n") }
    }
  }

  private static func aggregateLines(_ site: Int64, _ host: String, _ db: Database) throws -> [String] {
    let sql = """
      SELECT dim, day, value, text, pageviews, visitors, visits, bounces, seconds, seen_loading
      FROM agg LEFT JOIN dict ON dict.id = agg.value AND dim NOT IN (0, 1) WHERE site = ?
      """
    return try Row.fetchAll(db, sql: sql, arguments: [site]).map { row in
      let dimension = Dimension(rawValue: UInt8(row["dim"] as Int))?.name ?? "?"
      let value: String = row["text"] ?? String(row["value"] as Int64)
      return "agg\t\(host)\t\(DayName.name(row["day"]))\t\(dimension)\t\(value)\t"
        + counts(row, ["pageviews", "visitors", "visits", "bounces", "seconds", "seen_loading"])
    }
  }

  private static func robotPageLines(_ site: Int64, _ host: String, _ db: Database) throws -> [String] {
    let sql = """
      SELECT day, robot.text, page.text, thing, answer, requests, bytes FROM \(RobotPages.withTexts)
      WHERE site = ? AND \(RobotPages.table.isOfDay)
      """
    return try Row.fetchAll(db, sql: sql, arguments: [site]).map { row in
      let (thing, answer) = (FetchedThing(rawValue: row[3]), AnswerKind(rawValue: row[4]))
      let value = RobotPages.text(robot: row[1], page: row[2], thing ?? .page, answer ?? .other)
      let counts = Counts(requests: RobotRequests(count: row[5], bytes: row[6])).measures
      return "agg\t\(host)\t\(DayName.name(row[0]))\t\(Dimension.robotPage.name)\t\(value)\t"
        + counts.map { String($0) }.joined(separator: "\t")
    }
  }

  private static func lines(of cube: Cube, _ site: Int64, _ host: String, _ db: Database) throws -> [String] {
    let texts = cube.keys.map { "(SELECT text FROM dict WHERE id = \($0)) AS \($0)_text" }.joined(separator: ", ")
    let sql = """
      SELECT day, \(texts), \(cube.numbers.joined(separator: ", ")) FROM \(cube.withDays)
      WHERE site = ? AND \(cube.table.isOfDay)
      """
    return try Row.fetchAll(db, sql: sql, arguments: [site]).map { row in
      let values = cube.keys.map { row["\($0)_text"] as String? ?? "" }.joined(separator: "\t")
      return "\(cube.name)\t\(host)\t\(DayName.name(row["day"]))\t\(values)\t" + counts(row, cube.numbers)
    }
  }

  private static func pastLines(_ host: String, _ db: Database) throws -> [String] {
    try Views.past.flatMap { view in
      let sql = "SELECT origin, day, dimension, value, measure, number FROM \(view.name) WHERE site = ?"
      return try Row.fetchAll(db, sql: sql, arguments: [host]).map { row in
        let texts = ["origin", "day", "dimension", "value", "measure"].map { row[$0] as String }
        return "\(view.name)\t\(host)\t\(texts.joined(separator: "\t"))\t\(row["number"] as Int64)"
      }
    }
  }

  private static func counts(_ row: Row, _ measures: [String]) -> String {
    measures.map { (row[$0] as Int64?).map { String($0) } ?? "" }.joined(separator: "\t")
  }
}

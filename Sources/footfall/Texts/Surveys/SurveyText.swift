import Hits
import Importing
import Reporting

/// The user agents that no rule knows by name, for people and for scripts.
enum SurveyText {
  /// Returns the numbers of lines, then one list for people and one for robots.
  ///
  /// - Parameters:
  ///   - limit: the most rows of a list.
  ///   - width: the width of the terminal; nil if there is none.
  static func text(_ survey: AgentSurvey, limit: Int, width: Int?) -> String {
    [
      head(survey),
      list("People, but of an unknown browser", survey.people, survey.lines, limit, width),
      list("Robots without an entry in any list", survey.robots, survey.lines, limit, width),
    ].joined(separator: "\n")
  }

  private static func head(_ survey: AgentSurvey) -> String {
    var text = "\(NumberText.grouped(survey.lines)) lines, "
    text += "\(NumberText.grouped(survey.linesWithoutAgent)) of them without a user agent\n"
    if survey.linesNotExamined > 0 {
      text += "\(NumberText.grouped(survey.linesNotExamined)) lines were not examined: their user agents came after "
      text += "\(NumberText.grouped(AgentSurvey.mostAgents)) others; survey fewer logs at a time\n"
    }
    return text
  }

  private static func list(
    _ title: String, _ rows: [AgentSurvey.Row], _ lines: Int, _ limit: Int, _ width: Int?
  ) -> String {
    guard !rows.isEmpty else { return title + ": none\n" }
    var table = ColumnText([
      ("requests", .right), ("share", .right), ("page views", .right), ("verdict", .left), ("shape", .left),
    ])
    for row in rows.prefix(limit) {
      table.add([
        NumberText.grouped(row.requests), NumberText.percent(Double(row.requests) / Double(max(1, lines))),
        NumberText.grouped(row.pageviews), row.verdict.text, row.shape,
      ])
    }
    let more = rows.count - limit
    return title + "\n" + table.text(width: width)
      + (more > 0 ? "  … and \(NumberText.grouped(more)) more (--limit)\n" : "")
  }

  /// Returns the same as one JSON object; docs/cli.md documents the keys.
  static func json(_ survey: AgentSurvey, limit: Int) throws -> String {
    try JSONText.of(
      Document(
        lines: survey.lines, lines_without_agent: survey.linesWithoutAgent,
        lines_not_examined: survey.linesNotExamined, unknown_browsers: List(survey.people, limit),
        unlisted_robots: List(survey.robots, limit)))
  }

  private struct Document: Encodable {
    var lines: Int
    var lines_without_agent: Int
    var lines_not_examined: Int
    var unknown_browsers: List
    var unlisted_robots: List
  }

  private struct List: Encodable {
    var shapes: Int
    var requests: Int
    var rows: [Row]

    init(_ rows: [AgentSurvey.Row], _ limit: Int) {
      shapes = rows.count
      requests = rows.reduce(0) { $0 + $1.requests }
      self.rows = rows.prefix(limit).map(Row.init)
    }
  }

  private struct Row: Encodable {
    var shape: String
    var requests: Int
    var pageviews: Int
    var browser: String?
    var system: String?
    var `class`: String?

    init(_ row: AgentSurvey.Row) {
      shape = row.shape
      requests = row.requests
      pageviews = row.pageviews
      switch row.verdict {
      case .person(let browser, let system): (self.browser, self.system) = (browser, system)
      case .robot(let kind): `class` = kind.name
      }
    }
  }
}

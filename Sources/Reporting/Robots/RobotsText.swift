import Hits

/// The part on robots of a report for the terminal.
struct RobotsText {
  let columns: Int
  let style: TextStyle

  /// Returns the tables that have rows. A report on people shows only who came, and for which language models.
  func blocks(_ report: RobotReport, isAlone: Bool) -> [String] {
    let summary = [operators(report), robots(report, isAlone: isAlone)]
    guard isAlone else { return summary }
    return summary + [
      pages(report.asked, "Asked for by people through assistants", "requests"),
      answers(report.broken), pages(report.unfetched, "Viewed by people, fetched by no assistant", "visitors"),
      pages(report.unviewed, "Fetched by assistants, viewed by nobody", "requests"), feeds(report),
    ]
  }

  /// Returns one line for each site, for databases with several.
  func overview(of reports: [Report]) -> String {
    var grid = TextGrid(columns: columns, titles: ["Site", "robots", "requests", "of AI", "sent"], style: style)
    for report in reports {
      let robots = report.robots ?? RobotReport()
      grid.add([
        report.site.host, number(Int64(robots.robots.values)), number(robots.requests),
        number(robots.trend.reduce(0) { $0 + $1.requests.values.reduce(0, +) }), ByteText.text(robots.bytes),
      ])
    }
    return grid.text
  }

  private func operators(_ report: RobotReport) -> String {
    let purposes = AIPurpose.allCases.filter { purpose in
      purpose != .other || report.operators.contains { $0.requests[purpose] != nil }
    }
    // Visits come from an operator's assistants, not from one of its robots.
    let visits = report.only == nil ? ["visits"] : []
    var grid = TextGrid(
      columns: columns, titles: ["AI requests by operator"] + purposes.map(\.title) + visits + ["trend"],
      style: style)
    for row in report.operators {
      grid.add(
        [RobotText.title(ofOperator: row.name)] + purposes.map { number(row.requests[$0] ?? 0) }
          + visits.map { _ in number(row.visits) } + [Sparkline.text(Array(row.trend.suffix(12)))])
    }
    return grid.text
  }

  /// The width of a terminal that has room for operators besides days.
  private static let wide = 100

  private func robots(_ report: RobotReport, isAlone: Bool) -> String {
    var grid = TextGrid(
      columns: columns,
      titles: ["Robots", "class", "requests", "failed", "sent"] + (isAlone ? ["first day", "last day"] : []),
      style: style)
    let isShort = isAlone && columns < Self.wide
    for robot in report.robots.rows {
      let days = isAlone ? [DayName.name(robot.first), DayName.name(robot.last)] : []
      grid.add(
        [
          isShort ? robot.name : RobotText.label(robot), RobotText.kind(robot), number(robot.requests),
          number(robot.failures),
          ByteText.text(robot.bytes),
        ] + days)
    }
    return grid.text + more(report.robots)
  }

  private func pages(_ list: RobotReport.List<RobotReport.Page>, _ title: String, _ measure: String) -> String {
    var grid = TextGrid(columns: columns, titles: [title, measure], style: style)
    for page in list.rows { grid.add([TerminalText.readable(path: page.page), number(page.count)]) }
    return grid.text + more(list)
  }

  private func answers(_ list: RobotReport.List<RobotReport.Page>) -> String {
    var grid = TextGrid(
      columns: columns, titles: ["Answers that did not help people who asked", "answer", "requests"], style: style)
    for page in list.rows {
      grid.add([
        TerminalText.readable(path: page.page), RobotText.title(ofAnswer: page.answer), number(page.count),
      ])
    }
    return grid.text + more(list)
  }

  private func feeds(_ report: RobotReport) -> String {
    var grid = TextGrid(
      columns: columns, titles: ["Feeds", "reader", "readers, best day", "requests"], style: style)
    for feed in report.feeds.rows {
      grid.add([TerminalText.readable(path: feed.page), feed.reader, number(feed.readers), number(feed.requests)])
    }
    return grid.text + more(report.feeds)
  }

  private func number(_ value: Int64) -> String { NumberText.grouped(value) }

  private func more<Row>(_ list: RobotReport.List<Row>) -> String {
    let more = list.values - list.rows.count
    return more > 0 ? style.faint("  … and \(NumberText.grouped(more)) more (--limit)") + "\n" : ""
  }
}

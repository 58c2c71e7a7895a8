import Hits

/// The part on robots of a page: who reads the site, and what comes of it.
struct RobotsView {
  let report: RobotReport
  /// The links to reports on one robot; nil if there are none.
  let links: DashboardLinks?

  /// A column of a table: its heading, and the class of its cells.
  private typealias Column = (title: String, kind: Kind)

  private enum Kind: String {
    case text
    case number
    /// Numbers with units, or a drawing, which cannot be sorted.
    case drawing = "number spark"
  }

  /// The number of rows shown at first if scripts are enabled.
  private static let firstRows = 10
  /// The maximum size of the rows of one table, in bytes, whatever the log contains.
  private static let rowBytes = 24_000

  /// The panels that have rows.
  var html: HTML {
    .joined([
      operators, robots, pages(report.asked, "asked", "Asked for by people through assistants", "requests"), broken,
      pages(report.unfetched, "unfetched", "Viewed by people, fetched by no assistant", "visitors"),
      pages(report.unviewed, "unviewed", "Fetched by assistants, viewed by nobody", "requests"), feeds,
    ])
  }

  private var operators: HTML {
    let purposes = AIPurpose.allCases.filter { purpose in
      purpose != .other || report.operators.contains { $0.requests[purpose] != nil }
    }
    // Visits come from an operator's assistants, not from one of its robots.
    let visits: [Column] = report.only == nil ? [("visits", .number)] : []
    return panel(
      "ai", "Language models: from training to visits",
      [("Operator", .text)] + purposes.map { ($0.title, Kind.number) } + visits + [("trend", .drawing)],
      report.operators.map { row in
        [RobotText.title(ofOperator: row.name)] + purposes.map { NumberText.grouped(row.requests[$0] ?? 0) }
          + visits.map { _ in NumberText.grouped(row.visits) } + [Sparkline.text(Array(row.trend.suffix(31)))]
      }, hidden: 0, isWide: true)
  }

  private var robots: HTML {
    panel(
      "robot", "Robots by name",
      [
        ("Robot", .text), ("operator", .text), ("comes for", .text), ("identity", .text), ("requests", .number),
        ("not served", .number), ("sent", .drawing), ("first", .text), ("last", .text),
      ],
      report.robots.rows.map { robot in
        [
          robot.name, robot.operator, RobotText.title(ofClass: robot.kind), robot.identity,
          NumberText.grouped(robot.requests), NumberText.grouped(robot.failures), ByteText.text(robot.bytes),
          DayName.name(robot.first), DayName.name(robot.last),
        ]
      }, hidden: report.robots.values - report.robots.rows.count, isWide: true,
      addresses: report.robots.rows.map { links?.address(ofRobot: $0.name) })
  }

  private var broken: HTML {
    panel(
      "broken", "Answers that did not help people who asked",
      [("Page", .text), ("answer", .text), ("requests", .number)],
      report.broken.rows.map { page in
        [
          TerminalText.readable(path: page.page), RobotText.title(ofAnswer: page.answer),
          NumberText.grouped(page.count),
        ]
      }, hidden: report.broken.values - report.broken.rows.count)
  }

  private func pages(
    _ list: RobotReport.List<RobotReport.Page>, _ id: String, _ title: String, _ measure: String
  ) -> HTML {
    panel(
      id, title, [("Page", .text), (measure, .number)],
      list.rows.map { [TerminalText.readable(path: $0.page), NumberText.grouped($0.count)] },
      hidden: list.values - list.rows.count)
  }

  private var feeds: HTML {
    panel(
      "feeds", "Feeds", [("Feed", .text), ("reader", .text), ("readers, best day", .number), ("requests", .number)],
      report.feeds.rows.map { feed in
        [
          TerminalText.readable(path: feed.page), feed.reader, NumberText.grouped(feed.readers),
          NumberText.grouped(feed.requests),
        ]
      }, hidden: report.feeds.values - report.feeds.rows.count)
  }

  private func panel(
    _ id: String, _ title: String, _ columns: [Column], _ rows: [[String]], hidden: Int, isWide: Bool = false,
    addresses: [String?] = []
  ) -> HTML {
    guard !rows.isEmpty else { return .empty }
    var bytes = Self.rowBytes
    let shown = rows.enumerated().lazy.map { index, cells in
      row(cells, columns, address: index < addresses.count ? addresses[index] : nil, isFirst: index < Self.firstRows)
    }.prefix { row in
      bytes -= row.source.utf8.count
      return bytes >= 0
    }
    let lines = Array(shown)
    let hidden = hidden + rows.count - lines.count
    return .element("section", [.class(isWide ? "panel full" : "panel"), .id("robots-" + id)]) {
      HTML.element("h3") { title }
      HTML.element("div", [.class("scroll")]) {
        HTML.element(
          "table", [.class("list short"), .label(title), HTMLAttribute("data-first", "\(Self.firstRows)")]
        ) {
          HTML.element("thead") {
            HTML.element("tr") {
              columns.map { column in
                HTML.element("th", [HTMLAttribute("scope", "col"), .class(column.kind.rawValue)]) { column.title }
              }
            }
          }
          HTML.element("tbody") { lines }
        }
      }
      if hidden > 0 { HTML.element("p", [.class("note")]) { "\(NumberText.grouped(hidden)) more are not shown" } }
    }
  }

  private func row(_ cells: [String], _ columns: [Column], address: String?, isFirst: Bool) -> HTML {
    .element("tr", isFirst ? [] : [.class("rest")]) {
      HTML.element("th", [HTMLAttribute("scope", "row")]) {
        if let address {
          HTML.element("a", [.class("only"), HTMLAttribute("href", address)]) { PageText.value(cells[0]) }
        } else {
          PageText.value(cells[0])
        }
      }
      zip(cells, columns).dropFirst().map { cell, column in
        HTML.element("td", column.kind == .text ? [.class("text")] : []) { PageText.value(cell) }
      }
    }
  }
}

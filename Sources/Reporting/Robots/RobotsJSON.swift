import Hits

/// The part on robots of a report in JSON; docs/report-formats.md documents the keys.
struct RobotsJSON: Encodable {
  private struct Robot: Encodable {
    var name: String
    var `operator`: String
    var `class`: String
    var identity: String
    var requests: Int64
    var bytes: Int64
    var things: [String: Int64]
    var answers: [String: Int64]
    var first_day: String
    var last_day: String
  }

  private struct Operator: Encodable {
    var `operator`: String
    var requests: [String: Int64]
    var visits: Int64
  }

  private struct Step: Encodable {
    var start: String
    var requests: [String: Int64]
  }

  private struct Page: Encodable {
    var page: String
    var answer: String?
    var requests: Int64?
    var visitors: Int64?
  }

  private struct Feed: Encodable {
    var page: String
    var reader: String
    var readers: Int64
    var requests: Int64
  }

  private struct List<Row: Encodable>: Encodable {
    var values: Int
    var rows: [Row]

    init<Value>(_ list: RobotReport.List<Value>, _ row: (Value) -> Row) {
      values = list.values
      rows = list.rows.map(row)
    }
  }

  private var only: String?
  private var requests: Int64
  private var bytes: Int64
  private var robots: List<Robot>
  private var operators: [Operator]
  private var trend: [Step]
  private var asked_pages: List<Page>
  private var broken_answers: List<Page>
  private var pages_without_assistants: List<Page>
  private var pages_without_people: List<Page>
  private var feeds: List<Feed>

  init(_ report: RobotReport) {
    only = report.only
    requests = report.requests
    bytes = report.bytes
    robots = List(report.robots) {
      Robot(
        name: $0.name, operator: $0.operator, class: $0.kind, identity: $0.identity, requests: $0.requests,
        bytes: $0.bytes, things: $0.things, answers: $0.answers, first_day: DayName.name($0.first),
        last_day: DayName.name($0.last))
    }
    operators = report.operators.map {
      Operator(operator: $0.name, requests: Self.named($0.requests), visits: $0.visits)
    }
    trend = report.trend.map { Step(start: $0.label, requests: Self.named($0.requests)) }
    asked_pages = List(report.asked) { Page(page: $0.page, requests: $0.count) }
    broken_answers = List(report.broken) { Page(page: $0.page, answer: $0.answer, requests: $0.count) }
    pages_without_assistants = List(report.unfetched) { Page(page: $0.page, visitors: $0.count) }
    pages_without_people = List(report.unviewed) { Page(page: $0.page, requests: $0.count) }
    feeds = List(report.feeds) {
      Feed(page: $0.page, reader: $0.reader, readers: $0.readers, requests: $0.requests)
    }
  }

  private static func named(_ requests: [AIPurpose: Int64]) -> [String: Int64] {
    Dictionary(uniqueKeysWithValues: AIPurpose.allCases.map { ($0.rawValue, requests[$0] ?? 0) })
  }
}

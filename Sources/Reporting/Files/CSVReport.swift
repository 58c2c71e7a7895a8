import Hits
import Rollups
import StatsStore

/// Reports as one table in CSV; docs/report-formats.md documents its columns.
public enum CSVReport {
  /// The columns, in order; new ones are only ever added at the end.
  public static let columns = [
    "site", "since", "until", "list", "value", "visitors", "visits", "pageviews", "bounces", "seconds", "lines",
    "requests", "bytes", "visitors_seen_loading", "origin", "measure", "number",
    "all_visits",
  ]

  /// Returns the table with its header; each row ends with a line feed.
  public static func text(of reports: [Report]) -> String {
    var rows = [columns.map(CSVText.field).joined(separator: ",")]
    for report in reports {
      rows += table(report, days: report.days, "total", [("", report.total, report.allVisits)])
      rows += table(report, days: report.days, "trend", report.trend.map { ($0.label, $0.counts, nil) })
      if let compared = report.comparison {
        rows += table(report, days: compared.days, "compared_total", [("", compared.total, nil)])
        rows += table(report, days: compared.days, "compared_trend", compared.trend.map { ($0.label, $0.counts, nil) })
      }
      for section in report.sections {
        // A property consists of three texts, but there is only one column.
        let isProperty = section.dimension == .eventProperty
        let values = section.rows.map { row in
          (isProperty ? SectionLayout(section.dimension).label(row.value) : row.value, row.counts, row.allVisits)
        }
        rows += table(report, days: report.days, section.dimension.name, values)
      }
      rows += table(
        report, days: report.days, "goal",
        report.goals.compactMap { goal in goal.counts.map { (goal.goal.text, $0, report.total.visits) } })
      for funnel in report.funnels {
        rows += zip(funnel.funnel.sequences, funnel.steps).map { steps, counts in
          head(report, report.days, "funnel", "\(funnel.funnel.name): \(steps)")
            + ",\(counts.visitors),\(counts.visits),,,,,,,,,,,\(funnel.steps[0].visits)"
        }
      }
      rows += report.outcomes.present.map { outcome, lines in
        head(report, report.days, "outcome", outcome.name) + ",,,,,,\(lines),,,,,,,"
      }
      rows += (report.notKept?.dimensions ?? []).map { dimension in
        head(report, report.days, "list_not_kept", dimension.name) + ",,,,,,,,,,,,,"
      }
      rows += robots(report)
      rows += past(report)
    }
    return rows.map { $0 + "\n" }.joined()
  }

  private static func table(
    _ report: Report, days: ClosedRange<Int32>?, _ list: String, _ values: [(String, Counts, allVisits: Int64?)]
  ) -> [String] {
    values.map { value, counts, allVisits in
      let numbers = [counts.visitors, counts.visits, counts.pageviews, counts.bounces, counts.seconds]
      return head(report, days, list, value) + numbers.map { ",\($0)" }.joined() + ",,,,"
        + (counts.seenLoading.map { String($0) } ?? "") + ",,,," + (allVisits.map { String($0) } ?? "")
    }
  }

  /// Returns the lists of robots. Their values have several texts, but there is only one column.
  private static func robots(_ report: Report) -> [String] {
    guard let robots = report.robots else { return [] }
    func row(_ list: String, _ value: String, visitors: Int64? = nil, requests: Int64? = nil, bytes: Int64? = nil)
      -> String
    {
      let numbers = [visitors, nil, nil, nil, nil, nil, requests, bytes, nil, nil, nil, nil, nil].map {
        $0.map(String.init) ?? ""
      }
      return head(report, report.days, list, value) + "," + numbers.joined(separator: ",")
    }
    return robots.robots.rows.map { row("robot", RobotText.label($0), requests: $0.requests, bytes: $0.bytes) }
      + robots.operators.map { row("ai_operator", $0.name, requests: $0.total) }
      + robots.asked.rows.map { row("ai_asked_page", $0.page, requests: $0.count) }
      + robots.broken.rows.map { row("ai_broken_answer", $0.answer + " " + $0.page, requests: $0.count) }
      + robots.unfetched.rows.map { row("page_without_assistants", $0.page, visitors: $0.count) }
      + robots.unviewed.rows.map { row("page_without_people", $0.page, requests: $0.count) }
      + robots.feeds.rows.map { row("feed", $0.page + " " + $0.reader, visitors: $0.readers, requests: $0.requests) }
  }

  /// Returns what other programs counted, with a row for each number.
  private static func past(_ report: Report) -> [String] {
    (report.past?.series ?? []).flatMap { series in
      func row(_ list: String, _ value: String, _ number: (key: String, value: Int64)) -> String {
        let origin = [series.origin.rawValue, number.key].map(CSVText.field).joined(separator: ",")
        return head(report, series.days, list, value) + ",,,,,,,,,," + origin + ",\(number.value),"
      }
      let steps = series.steps.flatMap { step in
        step.numbers.sorted { $0.key < $1.key }.map { row("past_trend", step.label, $0) }
      }
      let values = series.lists.flatMap { list in
        list.rows.flatMap { value in
          value.numbers.sorted { $0.key < $1.key }.map { row("past_" + list.dimension, value.value, $0) }
        }
      }
      let totals = series.totals.sorted { $0.key < $1.key }.map { row("past_total", "", $0) }
      let cuts = series.cutLists.flatMap { list in
        list.numbers.sorted { $0.key < $1.key }.map { row("past_cut_list", list.value, $0) }
      }
      return totals + steps + values + cuts
    }
  }

  private static func head(_ report: Report, _ days: ClosedRange<Int32>?, _ list: String, _ value: String) -> String {
    let since = (days?.lowerBound).map(DayName.name) ?? ""
    let until = (days?.upperBound).map(DayName.name) ?? ""
    return [report.site.host, since, until, list, value].map(CSVText.field).joined(separator: ",")
  }
}

import Hits
import Rollups
import StatsStore

/// Reports as one table in CSV; docs/report-formats.md documents its columns.
public enum CSVReport {
  /// The columns, in order; new ones are only ever added at the end.
  public static let columns = [
    "site", "since", "until", "list", "value", "visitors", "visits", "pageviews", "bounces", "seconds", "lines",
  ]

  /// Returns the table with its header; each row ends with a line feed.
  public static func text(of reports: [Report]) -> String {
    var rows = [columns.map(CSVText.field).joined(separator: ",")]
    for report in reports {
      rows += table(report, days: report.days, "total", [("", report.total)])
      rows += table(report, days: report.days, "trend", report.trend.map { ($0.label, $0.counts) })
      if let compared = report.comparison {
        rows += table(report, days: compared.days, "compared_total", [("", compared.total)])
        rows += table(report, days: compared.days, "compared_trend", compared.trend.map { ($0.label, $0.counts) })
      }
      for section in report.sections {
        // A property consists of three texts, but there is only one column.
        let isProperty = section.dimension == .eventProperty
        let values = section.rows.map { row in
          (isProperty ? SectionLayout(section.dimension).label(row.value) : row.value, row.counts)
        }
        rows += table(report, days: report.days, section.dimension.name, values)
      }
      rows += report.outcomes.present.map { outcome, lines in
        head(report, report.days, "outcome", outcome.name) + ",,,,,,\(lines)"
      }
    }
    return rows.map { $0 + "\n" }.joined()
  }

  private static func table(
    _ report: Report, days: ClosedRange<Int32>?, _ list: String, _ values: [(String, Counts)]
  ) -> [String] {
    values.map { value, counts in
      let numbers = [counts.visitors, counts.visits, counts.pageviews, counts.bounces, counts.seconds]
      return head(report, days, list, value) + numbers.map { ",\($0)" }.joined() + ","
    }
  }

  private static func head(_ report: Report, _ days: ClosedRange<Int32>?, _ list: String, _ value: String) -> String {
    let since = (days?.lowerBound).map(DayName.name) ?? ""
    let until = (days?.upperBound).map(DayName.name) ?? ""
    return [report.site.host, since, until, list, value].map(CSVText.field).joined(separator: ",")
  }
}

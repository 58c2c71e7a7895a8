import Hits
import StatsStore

/// What other programs counted, on a page: a chart with hatched bars up to a line where own counting begins, and lists.
struct PastView {
  /// The number of rows of a list.
  private static let mostRows = 10

  let report: PastReport

  var html: HTML {
    .joined(report.series.map(chart) + report.series.flatMap { series in series.lists.map { list($0, series) } })
  }

  private func chart(_ series: PastReport.Series) -> HTML {
    let title = "\(series.origin.title), \(PeriodText.days(series.days))"
    return .element("section", [.class("panel full"), .id("past-" + series.origin.rawValue)]) {
      HTML.element("h3") { title }
      if !series.steps.isEmpty {
        HTML.element("div", [.class("charts")]) { PastChart(series: series, report: report).html }
      }
      HTML.element("p", [.class("note")]) { PastWords.note([series]) }
      if let cuts = PastWords.cuts(series) { HTML.element("p", [.class("note")]) { cuts } }
      table(series)
    }
  }

  private func table(_ series: PastReport.Series) -> HTML {
    .element("details", [.class("data")]) {
      HTML.element("summary") { "As a table" }
      HTML.element("table", [.label("\(series.origin.title) by \(series.interval.rawValue)")]) {
        HTML.element("thead") {
          HTML.element("tr") { (["From"] + series.measures.map(PastWords.label)).map(head) }
        }
        HTML.element("tbody") {
          series.steps.map { row(StepName.long($0.label), $0.numbers, series) }
          if series.steps.count > 1 { row("total", series.totals, series) }
        }
      }
    }
  }

  private func row(_ name: String, _ numbers: [String: Int64], _ series: PastReport.Series) -> HTML {
    .element("tr") {
      HTML.element("td") { name }
      series.measures.map { measure in
        HTML.element("td") { numbers[measure].map { NumberText.grouped($0) } ?? "–" }
      }
    }
  }

  private func list(_ list: PastReport.List, _ series: PastReport.Series) -> HTML {
    let rows = list.rows.prefix(Self.mostRows)
    let measures = PastWords.measures(of: rows)
    let title = "\(series.origin.title): \(PastWords.title(list.dimension))"
    return .element("section", [.class("panel")]) {
      HTML.element("h3") {
        title
        HTML.element("span", [.class("count")]) { NumberText.grouped(list.values) }
      }
      HTML.element("table", [.class("list"), .label(title)]) {
        HTML.element("thead") {
          HTML.element("tr") {
            HTML.element("th", [HTMLAttribute("scope", "col")]) { PastWords.label(list.dimension) }
            measures.map { measure in
              HTML.element("th", [HTMLAttribute("scope", "col"), .class("number")]) { PastWords.label(measure) }
            }
          }
        }
        HTML.element("tbody") {
          rows.map { row in
            HTML.element("tr") {
              HTML.element("th", [HTMLAttribute("scope", "row")]) { PageText.value(row.value) }
              measures.map { measure in
                HTML.element("td") { row.numbers[measure].map { NumberText.grouped($0) } ?? "" }
              }
            }
          }
        }
      }
      if list.values > rows.count {
        HTML.element("p", [.class("note")]) { "\(NumberText.grouped(list.values - rows.count)) more are not shown" }
      }
    }
  }

  private func head(_ title: String) -> HTML {
    .element("th", [HTMLAttribute("scope", "col")]) { title }
  }
}

import Hits
import Rollups

/// A funnel of the site as a table, with a bar for what is left at each step.
struct FunnelView {
  let report: FunnelReport
  /// Its number on the page, from 1.
  let number: Int

  var html: HTML {
    .element("section", [.class("panel wide")]) {
      HTML.element("h3") { PageText.value(report.funnel.name) }
      if !report.steps.isEmpty {
        HTML.element("table", [.class("list rates"), .label("Funnel \(number)")]) {
          HTML.element("thead") {
            HTML.element("tr") {
              TableHead.cell("Step")
              ["visitors", "visits"].map { TableHead.cell($0, "number") }
              ["of previous", "of first"].map { TableHead.cell($0, "number share") }
            }
          }
          HTML.element("tbody") { report.rows.map(row) }
        }
      }
      if let remark = report.remark { HTML.element("p", [.class("note")]) { remark } }
    }
  }

  private func row(_ row: FunnelReport.Row) -> HTML {
    .element("tr") {
      HTML.element("th", [HTMLAttribute("scope", "row")]) {
        Bar.html(share: row.rate ?? 0, isCentred: true)
        PageText.value(row.text)
      }
      [row.counts.visitors, row.counts.visits].map { number in
        HTML.element("td") { NumberText.grouped(number) }
      }
      [row.rateOfPrevious, row.rate].map { rate in
        HTML.element("td", [.class("share")]) { rate.map(NumberText.percent) ?? "" }
      }
    }
  }
}

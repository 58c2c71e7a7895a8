import Hits
import Rollups

/// The goals of the site as a table, with links to the visits that reached them.
struct GoalsView {
  let report: Report
  /// The links to reports on visits with a value; nil if there are none.
  let links: DashboardLinks?

  var html: HTML {
    .element("section", [.class("panel wide"), .id("goal")]) {
      HTML.element("table", [.class("list rates"), .label("Goals")]) {
        HTML.element("thead") {
          HTML.element("tr") {
            TableHead.cell("Goal")
            ["visitors", "conversions"].map { TableHead.cell($0, "number") }
            TableHead.cell("rate", "number share")
          }
        }
        HTML.element("tbody") { report.goals.map(row) }
      }
    }
  }

  private func row(_ goal: GoalReport) -> HTML {
    .element("tr") {
      HTML.element("th", [HTMLAttribute("scope", "row")]) {
        Bar.html(share: goal.rate(of: report.total) ?? 0)
        if let address = links?.address(goal.dimension, goal.goal.value) {
          HTML.element("a", [.class("only"), HTMLAttribute("href", address)]) { PageText.value(goal.goal.text) }
        } else {
          PageText.value(goal.goal.text)
        }
      }
      [goal.counts?.visitors, goal.counts?.pageviews].map { number in
        HTML.element("td") { number.map { NumberText.grouped($0) } ?? "?" }
      }
      HTML.element("td", [.class("share")]) { goal.rate(of: report.total).map(NumberText.percent) ?? "?" }
    }
  }
}

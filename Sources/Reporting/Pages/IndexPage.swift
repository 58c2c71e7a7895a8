import Hits
import Rollups
import StatsStore

/// A page that lists several sites with their figures and links to the page of each.
public enum IndexPage {
  /// Returns the whole document.
  ///
  /// - Parameter pages: the reports, each with the address of its page relative to this one.
  public static func document(of pages: [(report: Report, address: String)]) -> String {
    let hasChange = pages.contains { $0.report.comparison?.isComplete == true }
    return Page.document(title: "Sites · Footfall") {
      HTML.element("header") {
        HTML.element("div", [.class("title")]) {
          HTML.element("h1") { "Sites" }
          HTML.element("p") { "\(NumberText.grouped(pages.count)) sites" }
        }
      }
      HTML.element("main") {
        HTML.element("section", [.class("panel wide")]) {
          HTML.element("table", [.class("list sites"), .label("Sites")]) {
            HTML.element("thead") { head(hasChange: hasChange) }
            HTML.element("tbody") { pages.map { row($0.report, $0.address, hasChange: hasChange) } }
          }
        }
      }
      HTML.element("footer") {
        HTML.element("p") { "Visitors are daily visitors: someone who comes on two days counts twice." }
      }
    }.source
  }

  private static func head(hasChange: Bool) -> HTML {
    .element("tr") {
      HTML.element("th", [HTMLAttribute("scope", "col")]) { "Site" }
      HTML.element("th", [HTMLAttribute("scope", "col"), .class("spark")]) { "Visitors over time" }
      (["visitors"] + (hasChange ? ["change"] : []) + ["visits", "page views"]).map { title in
        HTML.element("th", [HTMLAttribute("scope", "col"), .class("number")]) { title }
      }
    }
  }

  private static func row(_ report: Report, _ address: String, hasChange: Bool) -> HTML {
    let figures = Headline(total: report.total, comparison: report.comparison).figures
    return .element("tr") {
      HTML.element("th", [HTMLAttribute("scope", "row")]) {
        HTML.element("a", [HTMLAttribute("href", address)]) { PageText.value(report.site.host) }
        HTML.element("small") { report.days.map(PeriodText.days) ?? "nothing counted yet" }
      }
      HTML.element("td", [.class("spark")]) { SparklineView.html(report.trend.map(\.counts.visitors)) }
      HTML.element("td") { NumberText.grouped(report.total.visitors) }
      if hasChange { HTML.element("td") { figures.first?.change ?? "" } }
      HTML.element("td") { NumberText.grouped(report.total.visits) }
      HTML.element("td") { NumberText.grouped(report.total.pageviews) }
    }
  }
}

import Hits
import StatsStore

/// How far the figures can be trusted: missing and open days, the outcomes of all lines, and the robots not counted.
struct QualityView {
  let report: Report
  let coverage: CoverageLink?

  var html: HTML {
    .joined([days, lines, robots])
  }

  private var days: HTML {
    .element("section", [.class("panel"), .id("days")]) {
      HTML.element("h3") { "Days" }
      HTML.element("ul", [.class("facts")]) {
        facts.map { fact in HTML.element("li") { fact } }
        if let coverage {
          HTML.element("li") { HTML.element("a", [HTMLAttribute("href", coverage.address)]) { coverage.text } }
        }
      }
    }
  }

  private var facts: [String] {
    let quality = report.quality
    var facts = ["Data on \(NumberText.grouped(quality.daysWithData)) of \(count(report.days?.count ?? 0))"]
    facts += quality.gaps.prefix(Self.mostGaps).map { "No data: \(PeriodText.days($0))" }
    if quality.gaps.count > Self.mostGaps { facts.append("and \(quality.gaps.count - Self.mostGaps) more gaps") }
    if quality.openDays > 0 { facts.append("\(count(quality.openDays)) still open: more lines may be counted") }
    if report.uncountedDays > 0 {
      facts.append("\(count(report.uncountedDays)) not fully counted; the next import completes the count")
    }
    if let loading = LoadingText.line(report) {
      facts.append("Proven browsers: \(loading). The others may be people whose browsers had all parts, or robots")
    }
    return facts
  }

  private static let mostGaps = 12

  private func count(_ days: Int) -> String {
    days == 1 ? "1 day" : NumberText.grouped(days) + " days"
  }

  private var lines: HTML {
    guard report.outcomes.total > 0 else { return .empty }
    return table(
      id: "outcomes", title: "Log lines by outcome", head: "Outcome", of: report.outcomes.present,
      note: "\(NumberText.grouped(report.outcomes.total)) lines in all; each has exactly one outcome.")
  }

  private var robots: HTML {
    let robots = report.outcomes.present.filter { OutcomeText.isRobot($0.outcome) }
    guard !robots.isEmpty else { return .empty }
    return table(id: "robots", title: "Robots not counted", head: "Detected by", of: robots, note: nil)
  }

  private func table(
    id: String, title: String, head: String, of rows: [(outcome: Outcome, lines: Int)], note: String?
  ) -> HTML {
    let all = rows.reduce(0) { $0 + $1.lines }
    return .element("section", [.class("panel"), .id(id)]) {
      HTML.element("h3") { title }
      HTML.element("table", [.class("list"), .label(title)]) {
        HTML.element("thead") {
          HTML.element("tr") {
            HTML.element("th", [HTMLAttribute("scope", "col")]) { head }
            HTML.element("th", [HTMLAttribute("scope", "col"), .class("number")]) { "lines" }
            HTML.element("th", [HTMLAttribute("scope", "col"), .class("number share")]) { "share" }
          }
        }
        HTML.element("tbody") {
          rows.map { outcome, lines in
            HTML.element("tr") {
              HTML.element("th", [HTMLAttribute("scope", "row")]) {
                Bar.html(share: Double(lines) / Double(max(1, all)))
                HTML.element("span") { OutcomeText.title(outcome) }
              }
              HTML.element("td") { NumberText.grouped(lines) }
              HTML.element("td", [.class("share")]) { NumberText.percent(Double(lines) / Double(max(1, all))) }
            }
          }
        }
      }
      if let note { HTML.element("p", [.class("note")]) { note } }
    }
  }
}

import Rollups
import StatsStore

/// A list of the report as a sortable table, with a bar behind each value.
struct ListView {
  /// The number of rows shown at first if scripts are enabled.
  private static let firstRows = 10

  let section: Report.Section
  let total: Counts
  /// The visitors step by step of the first values; nil if the list shows none.
  var courses: [String: [Int64]]?
  /// The links to reports on visits with a value; nil if there are none.
  let links: DashboardLinks?

  private var layout: SectionLayout { SectionLayout(section.dimension) }

  /// Returns the list with some of its rows; the others are only counted.
  func html(_ rows: some Collection<HTML>) -> HTML {
    .element("section", [.class("panel"), .id(section.dimension.name)]) {
      HTML.element("h3") {
        layout.title
        HTML.element("span", [.class("count")]) { NumberText.grouped(section.values) }
      }
      HTML.element(
        "table", [.class("list short"), .label(layout.title), HTMLAttribute("data-first", "\(Self.firstRows)")]
      ) {
        HTML.element("thead") { head }
        HTML.element("tbody") { HTML.joined(Array(rows)) }
      }
      more(than: rows.count)
    }
  }

  private var head: HTML {
    .element("tr") {
      TableHead.cell(layout.singular)
      if layout.hasVisitors { TableHead.cell("visitors", "number") }
      TableHead.cell(layout.measure.title, "number")
      if layout.isOfVisits { TableHead.cell(SectionLayout.titleOfShares(section.rows), "number share") }
      if courses != nil { TableHead.cell("trend", "course") }
    }
  }

  /// Returns as many rows as fit into a number of bytes.
  func rows(within bytes: Int) -> [HTML] {
    let values = section.rows.filter { $0.value != StatsStore.otherValues }
    let most = values.map { layout.weight($0.counts) }.max() ?? 0
    var left = bytes
    var rows: [HTML] = []
    for row in values {
      let html = html(of: row, most: most, isFirst: rows.count < Self.firstRows)
      left -= html.source.utf8.count
      guard left >= 0 else { break }
      rows.append(html)
    }
    return rows
  }

  private func html(of row: SiteStatistics.Row, most: Int64, isFirst: Bool) -> HTML {
    .element("tr", isFirst ? [] : [.class("rest")]) {
      HTML.element("th", [HTMLAttribute("scope", "row")]) {
        Bar.html(share: Double(layout.weight(row.counts)) / Double(max(1, most)))
        if let address = links?.address(section.dimension, row.value) {
          HTML.element("a", [.class("only"), HTMLAttribute("href", address)]) {
            PageText.value(layout.label(row.value))
          }
        } else {
          PageText.value(layout.label(row.value))
        }
      }
      if layout.hasVisitors { HTML.element("td") { NumberText.grouped(row.counts.visitors) } }
      HTML.element("td") { NumberText.grouped(layout.measure.value(row.counts)) }
      if layout.isOfVisits {
        HTML.element("td", [.class("share")]) { NumberText.percent(layout.share(of: row, total)) }
      }
      if let courses { HTML.element("td", [.class("course")]) { SparklineView.html(courses[row.value] ?? []) } }
    }
  }

  private func more(than shown: Int) -> HTML {
    let rest = section.rows.last.flatMap { $0.value == StatsStore.otherValues ? $0 : nil }
    let more = section.values - shown - (rest == nil ? 0 : 1)
    let notes = [
      more > 0 ? "\(NumberText.grouped(more)) more are not shown" : nil, rest.map { layout.text(ofRest: $0, total) },
    ].compactMap { $0 }
    return .joined(notes.map { note in HTML.element("p", [.class("note")]) { note } })
  }
}

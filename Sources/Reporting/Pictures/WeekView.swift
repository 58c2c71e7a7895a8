/// Page views by weekday and hour, as a table whose cells are tinted.
struct WeekView {
  private static let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  let week: WeekHours

  var html: HTML {
    let most = week.pageviews.joined().max() ?? 0
    return .element("section", [.class("panel full")]) {
      HTML.element("h3") { "Page views by weekday and hour" }
      HTML.element("div", [.class("scroll"), HTMLAttribute("tabindex", "0")]) {
        HTML.element("table", [.class("calendar"), .label("Page views by weekday and hour")]) {
          HTML.element("thead") {
            HTML.element("tr") {
              HTML.element("th", [HTMLAttribute("scope", "col")]) { "Day" }
              (0..<24).map { hour in HTML.element("th", [HTMLAttribute("scope", "col")]) { "\(hour)" } }
              HTML.element("th", [HTMLAttribute("scope", "col"), .class("sum")]) { "sum" }
            }
          }
          HTML.element("tbody") {
            zip(Self.names, week.pageviews).map { name, hours in row(name, hours, most) }
          }
        }
      }
    }
  }

  private func row(_ name: String, _ hours: [Int64], _ most: Int64) -> HTML {
    .element("tr") {
      HTML.element("th", [HTMLAttribute("scope", "row")]) { name }
      hours.map { views in
        HTML.element("td", [.class(Tint.name(of: views, most: most))]) { NumberText.compact(views) }
      }
      HTML.element("td", [.class("sum")]) { NumberText.grouped(hours.reduce(0, +)) }
    }
  }
}

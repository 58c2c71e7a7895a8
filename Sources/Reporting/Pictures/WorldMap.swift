import Rollups

/// The visitors of each country on a map. The list of countries beside it has the same numbers.
struct WorldMap {
  let outlines: CountryOutlines
  let countries: [(code: String, visitors: Int64)]
  /// The links to reports on visits from a country; nil if there are none.
  let links: DashboardLinks?

  var html: HTML {
    let visitors = Dictionary(countries.map { ($0.code, $0.visitors) }) { first, _ in first }
    let drawn = Set(outlines.countries.map(\.code))
    let most = visitors.max { $0.value < $1.value }?.value ?? 0
    let elsewhere = countries.reduce(0) { drawn.contains($1.code) ? $0 : $0 + $1.visitors }
    guard !outlines.isEmpty, visitors.contains(where: { drawn.contains($0.key) && $0.value > 0 }) else { return .empty }
    return .element("section", [.class("panel full"), .id("map")]) {
      HTML.element("h3") { "Visitors by country" }
      HTML.element(
        "svg",
        [
          .class("map"), HTMLAttribute("viewBox", outlines.viewBox),
          HTMLAttribute("role", links == nil ? "img" : "group"),
          .label("Map of the world, tinted by visitors; the list of countries has the numbers"),
        ]
      ) {
        outlines.countries.map { country in outline(country.code, country.path, visitors[country.code] ?? 0, most) }
      }
      HTML.element("p", [.class("note")]) {
        "The stronger the colour, the more visitors, on a logarithmic scale."
          + (elsewhere > 0 ? " \(NumberText.grouped(elsewhere)) came from places that are not on the map." : "")
      }
    }
  }

  private func outline(_ code: String, _ path: String, _ visitors: Int64, _ most: Int64) -> HTML {
    let text = "\(CountryName.english(code)): \(NumberText.grouped(visitors))"
    let shape = HTML.element(
      "path", [.class(Tint.logarithmic(visitors, most: most)), HTMLAttribute("d", path)]
    ) { HTML.element("title") { text } }
    guard visitors > 0, let address = links?.address(.country, code) else { return shape }
    return .element("a", [HTMLAttribute("href", address), .label(text)]) { shape }
  }
}

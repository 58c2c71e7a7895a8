import Hits
import Rollups
import StatsStore

/// The navigation of a dashboard page: links to other reports, and one form.
struct DashboardLinks {
  private struct Link {
    var title: String
    var isCurrent: Bool
    var address: String
  }

  /// The query of the report on the page.
  let query: DashboardQuery
  /// The hosts of the sites to choose from.
  let hosts: [String]
  /// The days shown.
  let days: ClosedRange<Int32>?

  /// Returns the address of the report on visits that also have a value, or have only this value if the filters
  /// cannot be combined; nil if the report cannot be filtered by it.
  func address(_ dimension: Dimension, _ value: String) -> String? {
    // What came before or after a page leads to that page.
    let isPage = dimension == .nextPage || dimension == .previousPage
    if isPage, value.isEmpty { return nil }
    let dimension = isPage ? .page : dimension
    let term = VisitFilter.Term(dimension, value)
    let others = query.filter.terms.filter { $0.dimension != dimension }
    guard value != StatsStore.otherValues,
      let filter = (try? VisitFilter(others + [term])) ?? (try? VisitFilter([term]))
    else { return nil }
    return address(filter)
  }

  /// Returns the address of the report on one robot alone; nil for what is no robot's name.
  func address(ofRobot name: String) -> String? {
    guard name != StatsStore.otherValues else { return nil }
    var other = query
    other.filter = .all
    other.robot = name
    return other.address
  }

  /// The address of the report without its robot.
  var addressOfAllRobots: String { address(.all) }

  /// Returns the address of the report without one of its filters.
  func address(without term: VisitFilter.Term) -> String {
    address((try? VisitFilter(query.filter.terms.filter { $0.dimension != term.dimension })) ?? .all)
  }

  private func address(_ filter: VisitFilter) -> String {
    var other = query
    other.filter = filter
    other.robot = nil
    return other.address
  }

  /// The choice of sites, periods and comparisons.
  var controls: HTML {
    .element("div", [.class("controls")]) {
      if hosts.count > 1 { sites }
      nav("Period", DashboardQuery.presets.map { periodLink($0.title, $0.period) })
      dates
      nav(
        "Comparison",
        [
          comparisonLink("No comparison", nil), comparisonLink("Previous period", .previous),
          comparisonLink("Previous year", .year),
        ])
    }
  }

  private func periodLink(_ title: String, _ period: String) -> Link {
    var other = query
    other.period = period
    other.since = nil
    other.until = nil
    return Link(title: title, isCurrent: !query.hasDates && query.period == period, address: other.address)
  }

  private func comparisonLink(_ title: String, _ compared: ComparedPeriod?) -> Link {
    var other = query
    other.compared = compared
    return Link(title: title, isCurrent: query.compared == compared, address: other.address)
  }

  private func siteLink(_ host: String) -> Link {
    var other = query
    other.site = host
    other.filter = .all
    other.robot = nil
    return Link(title: host, isCurrent: query.site == host, address: other.address)
  }

  private var sites: HTML {
    .element("details", [.class("sites-menu")]) {
      HTML.element("summary") { "Other sites" }
      nav("Sites", hosts.map(siteLink))
    }
  }

  private func nav(_ name: String, _ links: [Link]) -> HTML {
    .element("nav", [HTMLAttribute("aria-label", name)]) {
      links.map { link in
        HTML.element(
          "a",
          [HTMLAttribute("href", link.address)]
            + (link.isCurrent ? [HTMLAttribute("aria-current", "true")] : [])
        ) { PageText.shortened(link.title) }
      }
    }
  }

  /// A form for any range of days, which keeps the other choices.
  private var dates: HTML {
    .element("form", [.class("dates"), HTMLAttribute("method", "get"), HTMLAttribute("action", "/")]) {
      query.parameters.filter { !["since", "until", "period"].contains($0.name) }.map { parameter in
        HTML.void(
          "input",
          [
            HTMLAttribute("type", "hidden"), HTMLAttribute("name", parameter.name),
            HTMLAttribute("value", parameter.value),
          ])
      }
      date("From", "since", days?.lowerBound)
      date("To", "until", days?.upperBound)
      HTML.element("button") { "Show" }
    }
  }

  private func date(_ title: String, _ name: String, _ day: Int32?) -> HTML {
    .element("label") {
      title + " "
      HTML.void(
        "input",
        [
          HTMLAttribute("type", "date"), HTMLAttribute("name", name),
          HTMLAttribute("value", day.map(DayName.name) ?? ""),
        ])
    }
  }
}

import Hits
import Rollups
import StatsStore

/// A report as a self-contained HTML page: a pure function of the report.
public enum ReportPage {
  /// The lists, grouped under headings.
  private static let groups: [(title: String, id: String, dimensions: [Dimension])] = [
    ("Pages", "pages", [.page, .entryPage, .exitPage, .nextPage, .previousPage]),
    ("Sources", "sources", [.channel, .source, .referrer]),
    ("Campaigns", "campaigns", [.utmCampaign, .utmSource, .utmMedium, .utmContent, .utmTerm]),
    ("Places", "places", [.country, .region, .city, .network]),
    ("Technology", "technology", [.browser, .os, .browserVersion, .osVersion, .device]),
    ("Events", "events", [.event, .eventProperty]),
    ("Not found", "missing", [.notFound]),
  ]

  /// The lists of robots, which are not counted.
  private static let robots: [Dimension] = [.robotClass, .behaviour, .behaviourEvent]

  /// The maximum size of the rows of all lists together, in bytes. Everything else takes at most about 350,000, so
  /// a page stays below a million bytes whatever the log contains.
  private static let listBytes = 400_000

  /// The maximum number of rows worth requesting for a list; more would take time and not fit.
  public static let mostRows = 1_000

  /// Returns the whole document.
  ///
  /// - Parameters:
  ///   - index: the address of the page with all sites, relative to this one; nil if there is none.
  ///   - coverage: the link to the coverage page; nil if there is none.
  ///   - outlines: the countries of the map.
  public static func document(
    of report: Report, index: String? = nil, coverage: CoverageLink? = nil, outlines: CountryOutlines = .none
  ) -> String {
    document(of: report, index: index, coverage: coverage, outlines: outlines, links: nil)
  }

  /// - Parameter links: the links to other reports; nil for a page without a dashboard.
  static func document(
    of report: Report, index: String?, coverage: CoverageLink? = nil, outlines: CountryOutlines, links: DashboardLinks?
  ) -> String {
    var lists = lists(of: report, links)
    if let pictures = report.pictures, let countries = lists[.country] {
      lists[.country] = .joined([
        WorldMap(outlines: outlines, countries: pictures.countries, links: links).html, countries,
      ])
    }
    let week = report.pictures?.week.map { WeekView(week: $0).html }
    let shown = groups.map { group in
      (title: group.title, id: group.id, lists: group.dimensions.compactMap { lists[$0] })
    }.filter { !$0.lists.isEmpty }
    let robotsView = report.robots.map { RobotsView(report: $0, links: links).html } ?? .empty
    let past = report.past.map { group("Before own counting", "past", PastView(report: $0).html) } ?? .empty
    let pastName = past.source.isEmpty ? [] : [("Before own counting", "past")]
    let goalsName = report.goals.isEmpty ? [] : [("Goals", "goals")]
    let funnels = report.funnels.enumerated().map { FunnelView(report: $1, number: $0 + 1).html }
    let names =
      (week == nil ? [] : [("Hours", "hours")]) + pastName + goalsName
      + (report.funnels.isEmpty ? [] : [("Funnels", "funnels")]) + shown.map { ($0.title, $0.id) }
      + (robotsView.source.isEmpty ? [] : [("Robots and AI", "bots")])
    let policy = links == nil ? PageAsset.policy : PageAsset.livePolicy
    return Page.document(title: "\(report.site.host) · Footfall", policy: policy) {
      header(report, names, index, links)
      HTML.element("main") {
        if report.isEmpty {
          HTML.element("p", [.class("empty")]) { nothing(report) }
          past
        } else if report.isOfRobotsOnly {
          group("Robots and AI", "bots", robotsView)
        } else {
          TrendView(report: report).html
          if let week { group("Hours", "hours", week) }
          past
          if !report.goals.isEmpty { group("Goals", "goals", GoalsView(report: report, links: links).html) }
          if !funnels.isEmpty { group("Funnels", "funnels", .joined(funnels)) }
          shown.map { group in self.group(group.title, group.id, .joined(group.lists)) }
          if !robotsView.source.isEmpty { group("Robots and AI", "bots", robotsView) }
          group(
            "Data quality", "quality",
            .joined([QualityView(report: report, coverage: coverage).html] + robots.compactMap { lists[$0] }))
        }
      }
      footer(report)
    }.source
  }

  private static func header(
    _ report: Report, _ groups: [(title: String, id: String)], _ index: String?, _ links: DashboardLinks?
  ) -> HTML {
    .element("header") {
      HTML.element("div", [.class("title")]) {
        if let index { HTML.element("a", [.class("up"), HTMLAttribute("href", index)]) { "All sites" } }
        HTML.element("h1") { PageText.value(report.site.host) }
        HTML.element("p") {
          report.days.map { PeriodText.days($0) + " · " } ?? ""
          report.site.timeZone
        }
        if let robot = report.robots?.only {
          HTML.element("span", [.class("chip")]) {
            "robot = "
            PageText.value(robot)
            if let links {
              HTML.element(
                "a",
                [
                  HTMLAttribute("href", links.addressOfAllRobots),
                  HTMLAttribute("aria-label", "Remove the filter robot"),
                ]
              ) { "×" }
            }
          }
        }
        report.filter.terms.map { term in
          HTML.element("span", [.class("chip")]) {
            term.dimension.name + " = "
            PageText.value(SectionLayout(term.dimension).label(term.value))
            if let links {
              HTML.element(
                "a",
                [
                  HTMLAttribute("href", links.address(without: term)),
                  HTMLAttribute("aria-label", "Remove the filter \(term.dimension.name)"),
                ]
              ) { "×" }
            }
          }
        }
      }
      if let links { links.controls }
      HTML.element("nav", [.label("Sections of the report")]) {
        let sections = report.isOfRobotsOnly ? groups : [("Trend", "trend")] + groups + [("Data quality", "quality")]
        sections.map { title, id in
          HTML.element("a", [HTMLAttribute("href", "#" + id)]) { title }
        }
      }
    }
  }

  /// Returns the lists that are not empty, each with the rows that fit.
  private static func lists(of report: Report, _ links: DashboardLinks?) -> [Dimension: HTML] {
    let views = report.sections.filter { !$0.rows.allSatisfy(\.value.isEmpty) }.map { section in
      ListView(
        section: section, total: report.total, courses: report.pictures?.courses[section.dimension], links: links)
    }
    let rows = views.map { $0.rows(within: listBytes) }
    let limit = fairShare(of: listBytes, among: rows.map { $0.reduce(0) { $0 + $1.source.utf8.count } })
    let lists = zip(views, rows).map { view, rows in
      var left = limit
      let fitting = rows.prefix { row in
        left -= row.source.utf8.count
        return left >= 0
      }
      return (view.section.dimension, view.html(fitting))
    }
    return Dictionary(lists) { first, _ in first }
  }

  /// Returns the maximum size for each so that the total stays within a sum: long ones get what short ones do not use.
  static func fairShare(of sum: Int, among sizes: [Int]) -> Int {
    var left = sum
    for (index, size) in sizes.sorted().enumerated() {
      let share = left / (sizes.count - index)
      if size > share { return share }
      left -= size
    }
    return sum
  }

  private static func group(_ title: String, _ id: String, _ panels: HTML) -> HTML {
    .element("section", [.class("group"), .id(id), .label(title)]) {
      HTML.element("h2") { title }
      HTML.element("div", [.class("panels")]) { panels }
    }
  }

  private static func nothing(_ report: Report) -> String {
    guard let days = report.daysWithData else { return "Nothing counted yet." }
    let with = report.filter.terms.isEmpty ? "" : " with this filter"
    return "Nothing counted\(with) in this period; there is data from \(PeriodText.days(days))."
  }

  private static func footer(_ report: Report) -> HTML {
    .element("footer") {
      HTML.element("p") {
        "Visitors are daily visitors: someone who comes on two days counts twice. Counted by Footfall from access "
          + "logs, without cookies; addresses and user agents are not stored."
      }
      for text in report.textOfMissingLists { HTML.element("p") { text } }
    }
  }
}

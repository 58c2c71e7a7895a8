import Hits
import Rollups
import StatsStore

/// The headings of a list in the report, and the form in which people see its values.
struct SectionLayout {
  /// The measure shown next to visitors.
  enum Measure {
    case visits
    case pageviews
    case events
    case requests

    var title: String {
      switch self {
      case .visits: "visits"
      case .pageviews: "page views"
      case .events: "events"
      case .requests: "requests"
      }
    }

    func value(_ counts: Counts) -> Int64 {
      self == .visits ? counts.visits : counts.pageviews
    }
  }

  let dimension: Dimension

  init(_ dimension: Dimension) {
    self.dimension = dimension
  }

  /// Whether its visitors are part of the total, so that their share can be shown.
  var isOfVisits: Bool {
    dimension != .notFound && dimension != .behaviour && dimension != .behaviourEvent && dimension != .robotClass
  }

  /// Whether visitors are known at all.
  var hasVisitors: Bool { dimension != .robotClass }

  /// Returns the share of a value's visitors, or the rate of its visits that have the page or event of the filter: 0–1.
  func share(of row: SiteStatistics.Row, _ total: Counts) -> Double {
    row.rate ?? Double(row.counts.visitors) / Double(max(1, total.visitors))
  }

  /// The heading of the shares of these rows.
  static func titleOfShares(_ rows: [SiteStatistics.Row]) -> String {
    rows.contains { $0.rate != nil } ? "rate" : "share"
  }

  /// Returns what people read of the rest of a day's values: the visitors of several values cannot be told apart once they
  /// are summed up, so only their page views and visits say something.
  func text(ofRest row: SiteStatistics.Row, _ total: Counts) -> String {
    let number = NumberText.grouped(measure.value(row.counts)) + " " + measure.title
    guard isOfVisits, total.pageviews > 0 else { return "(other): \(number)" }
    let share = Double(row.counts.pageviews) / Double(total.pageviews)
    return "(other): \(number), \(NumberText.percent(share)) of all page views"
  }

  /// Returns the number that the length of a row's bar shows.
  func weight(_ counts: Counts) -> Int64 { hasVisitors ? counts.visitors : measure.value(counts) }

  var measure: Measure {
    switch dimension {
    case .page, .hour, .total, .behaviour: .pageviews
    case .event, .eventProperty, .behaviourEvent: .events
    case .notFound, .robotClass: .requests
    default: .visits
    }
  }

  /// The name of one value, as a column heading.
  var singular: String {
    switch dimension {
    case .page, .notFound: "Page"
    case .entryPage: "Entry page"
    case .exitPage: "Exit page"
    case .nextPage: "Next page"
    case .previousPage: "Previous page"
    case .source, .utmSource: "Source"
    case .channel: "Channel"
    case .referrer: "Referrer"
    case .utmMedium: "Medium"
    case .utmCampaign: "Campaign"
    case .utmContent: "Content"
    case .utmTerm: "Term"
    case .country: "Country"
    case .region: "Region"
    case .city: "City"
    case .network: "Network"
    case .browser: "Browser"
    case .browserVersion, .osVersion: "Version"
    case .os: "Operating system"
    case .device: "Device"
    case .event: "Event"
    case .eventProperty: "Event and property"
    case .behaviour, .behaviourEvent: "Rule"
    case .robotClass: "Class"
    case .robot, .robotPage: "Robot"
    case .feed: "Feed"
    case .funnel: "Funnel"
    case .utm: "Source and campaign"
    case .total, .hour: title
    }
  }

  var title: String {
    switch dimension {
    case .total: "Total"
    case .hour: "Hours"
    case .page: "Pages"
    case .entryPage: "Entry pages"
    case .exitPage: "Exit pages"
    case .nextPage: "Next pages"
    case .previousPage: "Previous pages"
    case .source: "Sources"
    case .channel: "Channels"
    case .referrer: "Referrers"
    case .utmSource: "Campaign sources"
    case .utmMedium: "Campaign media"
    case .utmCampaign: "Campaigns"
    case .utmContent: "Campaign content"
    case .utmTerm: "Campaign terms"
    case .country: "Countries"
    case .region: "Regions"
    case .city: "Cities"
    case .network: "Networks"
    case .browser: "Browsers"
    case .browserVersion: "Browser versions"
    case .os: "Operating systems"
    case .osVersion: "Operating system versions"
    case .device: "Devices"
    case .notFound: "Pages not found"
    case .event: "Events"
    case .eventProperty: "Event properties"
    case .behaviour: "Robots by behaviour"
    case .behaviourEvent: "Events of robots by behaviour"
    case .robotClass: "Robots by what they come for"
    case .robot: "Robots"
    case .robotPage: "Pages of robots"
    case .feed: "Feeds"
    case .funnel: "Funnels"
    case .utm: "Sources and campaigns"
    }
  }

  /// Returns a value as people read it.
  func label(_ value: String) -> String {
    switch dimension {
    case .page, .entryPage, .exitPage, .notFound, .referrer: TerminalText.readable(path: value)
    case .nextPage: value.isEmpty ? "(end of the visit)" : TerminalText.readable(path: value)
    case .previousPage: value.isEmpty ? "(start of the visit)" : TerminalText.readable(path: value)
    case .country: value.isEmpty ? "(unknown)" : CountryName.english(value)
    case .region, .city: value.isEmpty ? "(unknown)" : Self.place(value)
    case .network: value.isEmpty ? "(unknown)" : value
    case .eventProperty: Self.property(value)
    case .robotClass: RobotText.title(ofClass: value)
    case .behaviour, .behaviourEvent: RobotText.title(ofRule: value)
    default: value.isEmpty ? "(none)" : value
    }
  }

  /// Returns `Munich, DE` for `DE/Bavaria/Munich`.
  private static func place(_ value: String) -> String {
    let parts = value.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard let country = parts.first, let name = parts.last, parts.count > 1 else { return value }
    return "\(name), \(country)"
  }

  /// Returns `Signup: plan = pro` for the parts of an event's property.
  private static func property(_ value: String) -> String {
    let separator = Character(Unicode.Scalar(HitBatch.separator))
    let parts = value.split(separator: separator, omittingEmptySubsequences: false)
    return parts.count == 3 ? "\(parts[0]): \(parts[1]) = \(parts[2])" : value
  }
}

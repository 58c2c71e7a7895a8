/// What statistics are broken down by. Raw values are stored in the database and never change.
public enum Dimension: UInt8, CaseIterable, Sendable {
  /// The whole day.
  case total
  /// The hour of the hit on the site's clock, 0–23.
  case hour
  /// The pathname of a page viewed.
  case page
  /// The first page of a visit.
  case entryPage
  /// The last page of a visit.
  case exitPage
  /// Where a visit came from, by name.
  case source
  /// The kind of source.
  case channel
  /// Host and path a visit came from.
  case referrer
  /// The campaign's source.
  case utmSource
  /// The campaign's medium.
  case utmMedium
  /// The campaign's name.
  case utmCampaign
  /// The campaign's content.
  case utmContent
  /// The campaign's term.
  case utmTerm
  /// ISO 3166-1 code of the visitor's country.
  case country
  /// Country and region.
  case region
  /// Country, region and city.
  case city
  /// The browser's name.
  case browser
  /// The browser's name and version.
  case browserVersion
  /// The operating system's name.
  case os
  /// The operating system's name and version.
  case osVersion
  /// The kind of device.
  case device
  /// The pathname of a missing page.
  case notFound
  /// The name of an event.
  case event
  /// The names of an event and of one of its properties, and the property's value.
  case eventProperty
  /// Number and name of the network (autonomous system) the visitor's address belongs to.
  case network
  /// The rule that identifies visitors as robots; counts their page views.
  case behaviour
  /// The rule that identifies visitors as robots; counts their events.
  case behaviourEvent
  /// The class of robots; counts their requests.
  case robotClass
  /// Name, operator, class and identity of a robot, what it fetched and how it was answered, joined; counts requests and
  /// bytes.
  case robot
  /// Name and class of a robot, a pathname, what is there and how it was answered, joined; counts requests and bytes.
  case robotPage
  /// The pathname of a feed and the name of a reader, joined; counts requests and, as visitors, its readers.
  case feed
  /// The steps of a funnel that a visit took in order, from the first on, joined: one of ``Hits/Funnel/sequences``.
  case funnel
  /// The source and the five utm values of a visit, joined; empty where it has none.
  case utm
  /// The pathname of the page viewed after a page in the same visit; empty at the end of the visit.
  case nextPage
  /// The pathname of the page viewed before a page in the same visit; empty at its start.
  case previousPage

  /// The dimensions with rows of their own; the others are known only from the cells of a ``Cube``.
  public static let stored = allCases.filter { $0 != .nextPage && $0 != .previousPage }

  /// The name in JSON, views and dumps.
  public var name: String {
    switch self {
    case .total: "total"
    case .hour: "hour"
    case .page: "page"
    case .entryPage: "entry_page"
    case .exitPage: "exit_page"
    case .source: "source"
    case .channel: "channel"
    case .referrer: "referrer"
    case .utmSource: "utm_source"
    case .utmMedium: "utm_medium"
    case .utmCampaign: "utm_campaign"
    case .utmContent: "utm_content"
    case .utmTerm: "utm_term"
    case .country: "country"
    case .region: "region"
    case .city: "city"
    case .browser: "browser"
    case .browserVersion: "browser_version"
    case .os: "os"
    case .osVersion: "os_version"
    case .device: "device"
    case .notFound: "not_found"
    case .event: "event"
    case .eventProperty: "event_property"
    case .network: "network"
    case .behaviour: "behaviour"
    case .behaviourEvent: "behaviour_event"
    case .robotClass: "robot_class"
    case .robot: "robot"
    case .robotPage: "robot_page"
    case .feed: "feed"
    case .funnel: "funnel"
    case .utm: "utm"
    case .nextPage: "next_page"
    case .previousPage: "previous_page"
    }
  }
}

/// A program whose statistics can be brought along.
public enum PastOrigin: String, CaseIterable, Sendable {
  case awstats
  case webalizer
  /// A fork of Webalizer, which counts kilobytes of 1,000 bytes.
  case awffull
  case goaccess
  case goatcounter
  case plausible
  case matomo

  /// The name that people know it by.
  public var title: String {
    switch self {
    case .awstats: "AWStats"
    case .webalizer: "Webalizer"
    case .awffull: "AWFFull"
    case .goaccess: "GoAccess"
    case .goatcounter: "GoatCounter"
    case .plausible: "Plausible"
    case .matomo: "Matomo"
    }
  }

  /// The measures of its totals that reports show, by its own names.
  public var measures: [String] {
    switch self {
    case .awstats: ["unique_visitors", "visits", "pages", "hits", "bytes"]
    case .webalizer, .awffull: ["sites", "visits", "pages", "hits", "kbytes"]
    case .goaccess: ["visitors", "hits", "bytes"]
    case .goatcounter: ["visits", "sessions", "views"]
    case .plausible: ["visitors", "visits", "pageviews", "bounces", "visit_duration"]
    case .matomo: ["nb_uniq_visitors", "nb_visits", "nb_actions", "bounce_count", "sum_visit_length"]
    }
  }

  /// The measure whose course says most about the site, for charts.
  public var chartMeasure: String {
    switch self {
    case .awstats, .webalizer, .awffull, .goatcounter, .plausible: "visits"
    case .goaccess: "visitors"
    case .matomo: "nb_visits"
    }
  }

  /// Whether values of a measure may be added up over months or days.
  ///
  /// AWStats and Webalizer count distinct addresses of a month, Matomo recognises visitors over days. What GoAccess,
  /// GoatCounter and Plausible call visitors or sessions is counted by days, like ours, so sums are of daily visitors.
  public func addsUp(_ measure: String) -> Bool {
    ![
      "unique_visitors", "hosts", "sites", "urls", "referrers", "agents", "users", "nb_uniq_visitors", "nb_users",
      "max_actions",
    ].contains(measure)
  }

  /// Whether it keeps a month in two files: a line of its history, and a state with days and lists.
  public var hasHistoryAndState: Bool { self == .webalizer || self == .awffull }

  /// Returns whether two values of a list, such as two pages, may have visitors or visits in common that a measure counts for
  /// each of them. If the two become one value, its number is unknown.
  public func overlaps(_ measure: String, in dimension: String) -> Bool {
    switch self {
    case .goaccess: measure == "visitors"
    case .plausible: measure == "visitors" || measure == "visits" && dimension == "page"
    case .awstats, .webalizer, .awffull, .goatcounter, .matomo: false
    }
  }
}

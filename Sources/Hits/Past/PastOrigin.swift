/// A program whose statistics can be brought along.
public enum PastOrigin: String, CaseIterable, Sendable {
  case awstats
  case webalizer
  case goaccess
  case goatcounter
  case plausible
  case matomo

  /// The name that people know it by.
  public var title: String {
    switch self {
    case .awstats: "AWStats"
    case .webalizer: "Webalizer"
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
    case .webalizer: ["sites", "visits", "pages", "hits", "kbytes"]
    case .goaccess: ["visitors", "hits", "bytes"]
    case .goatcounter: ["visits", "sessions", "views"]
    case .plausible: ["visitors", "visits", "pageviews", "bounces", "visit_duration"]
    case .matomo: ["nb_uniq_visitors", "nb_visits", "nb_actions", "bounce_count", "sum_visit_length"]
    }
  }

  /// The measure whose course says most about the site, for charts.
  public var chartMeasure: String {
    switch self {
    case .awstats, .webalizer, .goatcounter, .plausible: "visits"
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
}

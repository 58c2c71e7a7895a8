import Hits

/// Outcomes of lines in words.
enum OutcomeText {
  private static let titles = [
    "pageview": "Page views", "event": "Events", "not_counted(asset)": "Images, styles, scripts, …",
    "not_counted(status)": "Redirects and errors",
    "not_counted(method)": "Other than GET", "not_counted(part)": "Parts of longer lines",
    "not_counted(prefetch)": "Fetched ahead by browsers",
    "not_counted(excluded)": "Left out by a rule of yours", "not_counted(out_of_range)": "Outside the days asked for",
    "bot(user_agent)": "Robots, by their name", "bot(behaviour)": "Robots, by their behaviour",
    "bot(address)": "Robots, by their address", "opted_out": "Browsers that ask not to be tracked",
    "unknown_site": "Lines of no site", "late": "Lines of days that were sealed",
    "referrer_spam": "Referrer spam",
  ]

  /// What ended so; the outcome's own name where there are no words for it.
  static func title(_ outcome: Outcome) -> String {
    titles[outcome.name] ?? outcome.name
  }

  /// Whether a robot made the request.
  static func isRobot(_ outcome: Outcome) -> Bool {
    outcome.name.hasPrefix("bot(")
  }
}

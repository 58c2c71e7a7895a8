import Hits

/// Outcomes of lines in words.
enum OutcomeText {
  private static let titles = [
    "pageview": "Page views", "event": "Events", "not_counted(asset)": "Assets (images, styles, scripts, …)",
    "not_counted(status)": "Redirects and errors",
    "not_counted(method)": "Not a GET request", "not_counted(part)": "Parts of split lines",
    "not_counted(prefetch)": "Prefetched by browsers",
    "not_counted(excluded)": "Excluded by your rules", "not_counted(out_of_range)": "Outside the chosen period",
    "bot(user_agent)": "Robots, by user agent", "bot(behaviour)": "Robots, by behaviour",
    "bot(address)": "Robots, by address", "opted_out": "Visitors who opted out of tracking",
    "unknown_site": "No matching site", "late": "Too late (day was sealed)",
    "referrer_spam": "Referrer spam",
  ]

  /// Returns a title for the lines with an outcome, or the outcome's name if it has no title.
  static func title(_ outcome: Outcome) -> String {
    titles[outcome.name] ?? outcome.name
  }

  /// Whether a robot made the request.
  static func isRobot(_ outcome: Outcome) -> Bool {
    outcome.name.hasPrefix("bot(")
  }
}

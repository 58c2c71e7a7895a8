import Hits

/// The classes of robots, and the rules that detect robots by their behaviour, in words.
enum RobotText {
  /// Returns a title for the stored name of a class; the name itself if it is unknown.
  static func title(ofClass name: String) -> String {
    switch BotClass(rawValue: name) {
    case .searchEngine: "Search engines"
    case .aiCrawler: "AI crawlers"
    case .seoCrawler: "SEO crawlers"
    case .httpLibrary: "Programs and libraries"
    case .headless: "Headless browsers"
    case .monitor: "Uptime monitors"
    case .feedReader: "Feed readers"
    case .socialPreview: "Link previews"
    case .scanner: "Security scanners"
    case .archiver: "Archivers"
    case .otherBot: "Other robots"
    case nil: name
    }
  }

  /// Returns the behaviour that the rule with a stored name detects; the name itself if it is unknown.
  static func title(ofRule name: String) -> String {
    switch BehaviourRule.allCases.first(where: { $0.name == name }) {
    case .probes: "Probed for vulnerabilities"
    case .robotsTxt: "Requested robots.txt"
    case .rate: "Too fast for a person"
    case .onePage: "Same page over and over"
    case .errors: "Mostly failed requests"
    case .noAssets: "Pages without assets"
    case nil: name
    }
  }
}

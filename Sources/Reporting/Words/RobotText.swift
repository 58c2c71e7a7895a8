import Hits

/// Kinds of robots, and the rules that tell them by their behaviour, in words.
enum RobotText {
  /// The class of a stored name; the name itself where it is none of ours.
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

  /// What visitors did that the rule of a stored name tells; the name itself where it is none of ours.
  static func title(ofRule name: String) -> String {
    switch BehaviourRule.allCases.first(where: { $0.name == name }) {
    case .probes: "Looked for weaknesses"
    case .robotsTxt: "Read robots.txt"
    case .rate: "Faster than anybody"
    case .onePage: "One page again and again"
    case .errors: "Nearly all of it wrong"
    case .noAssets: "Pages without their parts"
    case nil: name
    }
  }
}

import Hits

/// The classes of robots, and the rules that detect robots by their behaviour, in words.
enum RobotText {
  /// Returns a title for the stored name of a class; the name itself if it is unknown.
  static func title(ofClass name: String) -> String {
    switch BotClass(rawValue: name) {
    case .searchEngine: "Search engines"
    case .aiTraining: "AI training"
    case .aiSearch: "AI search"
    case .aiUser: "AI assistants, asked by people"
    case .aiAgent: "AI agents and their tools"
    case .aiCrawler: "Other AI crawlers"
    case .seoCrawler: "SEO crawlers"
    case .httpLibrary: "Programs and libraries"
    case .devTool: "Developers' tools"
    case .downloader: "Downloaders"
    case .mediaPlayer: "Media players"
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

  /// Returns the name of a robot with its operator.
  static func label(_ robot: RobotReport.Robot) -> String {
    robot.operator.isEmpty || robot.operator == robot.name ? robot.name : robot.name + ", " + robot.operator
  }

  /// Returns the class of a robot and, unless it is only claimed, its identity.
  static func kind(_ robot: RobotReport.Robot) -> String {
    robot.identity == RobotIdentity.claimed.rawValue ? robot.kind : robot.kind + ", " + robot.identity
  }

  /// Returns the name of an operator as people see it.
  static func title(ofOperator name: String) -> String { name.isEmpty ? "(unknown operator)" : name }

  /// Returns a kind of answer in words.
  static func title(ofAnswer name: String) -> String {
    switch AnswerKind.allCases.first(where: { $0.name == name }) {
    case .ok: "served"
    case .notModified: "not modified"
    case .redirect: "redirected"
    case .refused: "refused"
    case .payment: "asked to pay"
    case .missing: "not found"
    case .limited: "told to wait"
    case .error: "server error"
    case .other: "other answer"
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
    case .network: "Suspected network, nothing loaded"
    case .stale: "Browser replaced years ago"
    case .fleet: "One of a fleet"
    case nil: name
    }
  }
}

/// A rule that tells by what a visitor did all day that it is a robot. The order is the one in which they are asked.
///
/// docs/counting.md, "Robots by behaviour", gives each rule's threshold with its reasons; `Sessions.Behaviour` decides.
public enum BehaviourRule: UInt8, CaseIterable, Sendable {
  /// It asked for paths that only scanners ask for.
  case probes
  /// It read robots.txt.
  case robotsTxt
  /// It saw pages faster than anybody can.
  case rate
  /// It saw one page again and again.
  case onePage
  /// Nearly all it asked for was wrong.
  case errors
  /// It saw many pages and loaded none of their parts.
  case noAssets

  /// The name in reports, in the database and on the command line.
  public var name: String {
    switch self {
    case .probes: "probes"
    case .robotsTxt: "robots_txt"
    case .rate: "rate"
    case .onePage: "one_page"
    case .errors: "errors"
    case .noAssets: "no_assets"
    }
  }
}

/// Which rules a site goes by.
public struct BehaviourRules: Equatable, Sendable {
  private let rules: [BehaviourRule]

  /// All rules.
  public static let standard = BehaviourRules(BehaviourRule.allCases)
  /// No rule: robots are told by their user agents only.
  public static let off = BehaviourRules([])

  /// Some rules.
  public init(_ rules: [BehaviourRule]) {
    self.rules = BehaviourRule.allCases.filter(rules.contains)
  }

  /// The rules of a text: `default`, `off`, or names with commas between them; nil where a name is no rule's.
  public init?(_ text: String) {
    switch text {
    case "default": self = .standard
    case "off": self = .off
    default:
      let names = text.split(separator: ",", omittingEmptySubsequences: false)
      let rules = names.compactMap { name in BehaviourRule.allCases.first { $0.name == name } }
      guard rules.count == names.count else { return nil }
      self.init(rules)
    }
  }

  /// The one text of these rules that ``init(_:)-(String)`` reads.
  public var text: String {
    if self == .standard { return "default" }
    return rules.isEmpty ? "off" : rules.map(\.name).joined(separator: ",")
  }

  /// Whether the site goes by a rule.
  public func contains(_ rule: BehaviourRule) -> Bool {
    rules.contains(rule)
  }
}

/// A rule that detects a robot by what a visitor did all day. The rules are applied in the order of their cases.
///
/// docs/robots.md, "By behaviour", gives the threshold of each rule and the reasons for it.
/// `Sessions.Behaviour` applies the rules.
public enum BehaviourRule: UInt8, CaseIterable, Sendable {
  /// It requested paths that only scanners request.
  case probes
  /// It requested robots.txt.
  case robotsTxt
  /// It viewed pages faster than a person can.
  case rate
  /// It viewed one page again and again.
  case onePage
  /// Nearly all its requests were wrong.
  case errors
  /// It viewed many pages and loaded none of their assets.
  case noAssets
  /// It came from a network that the operator suspects, and loaded nothing.
  case network
  /// Its browser was replaced years ago, it loaded nothing, and it sent no referrer.
  case stale
  /// It is one of many visitors with the same browser of whom nearly none loads anything.
  case fleet

  /// The name in reports, in the database and on the command line.
  public var name: String {
    switch self {
    case .probes: "probes"
    case .robotsTxt: "robots_txt"
    case .rate: "rate"
    case .onePage: "one_page"
    case .errors: "errors"
    case .noAssets: "no_assets"
    case .network: "network"
    case .stale: "stale"
    case .fleet: "fleet"
    }
  }
}

/// The set of rules that a site uses.
public struct BehaviourRules: Equatable, Sendable {
  private let rules: [BehaviourRule]

  /// All rules.
  public static let standard = BehaviourRules(BehaviourRule.allCases)
  /// No rule: robots are identified by their user agents only.
  public static let off = BehaviourRules([])

  /// Creates a set of rules.
  public init(_ rules: [BehaviourRule]) {
    self.rules = BehaviourRule.allCases.filter(rules.contains)
  }

  /// Parses `default`, `off`, or names separated by commas; nil if a name is not that of a rule.
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

  /// The canonical text of these rules, which ``init(_:)-(String)`` parses.
  public var text: String {
    if self == .standard { return "default" }
    return rules.isEmpty ? "off" : rules.map(\.name).joined(separator: ",")
  }

  /// Whether the site uses a rule.
  public func contains(_ rule: BehaviourRule) -> Bool {
    rules.contains(rule)
  }
}

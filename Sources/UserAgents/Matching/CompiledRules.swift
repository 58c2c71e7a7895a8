/// Rules prepared for matching, shared by all threads.
public struct CompiledRules: Sendable {
  let rules: [AgentRule]
  /// For each rule, the text that it looks for, if its pattern is nothing more.
  let texts: [PlainText?]
  let prefilter: RulePrefilter
  let browsers: Range<Int>
  let systems: Range<Int>
  let devices: Range<Int>
  /// The rules for devices that identify robots.
  let spiders: [Int]
  let bots: Range<Int>
  /// The rules of each ``DeviceTokens/Token``.
  let deviceTokens: [Range<Int>]
  /// The pseudo-rule that matches agents which name a platform of browsers.
  let platform: Int
  /// When versions of browsers were released.
  let releases: BrowserReleases

  /// Compiles rules. Takes about 50 ms; regular expressions are compiled later, when first needed.
  public init(_ source: UserAgentRules) {
    releases = source.releases
    rules = source.rules.enumerated().sorted {
      (Self.order($0.element), $0.offset) < (Self.order($1.element), $1.offset)
    }.map(\.element)
    texts = rules.map { PlainText($0) }
    var clauses = zip(rules, texts).map { rule, text in
      text.map { [[$0.text]] } ?? LiteralExtractor.clauses(of: rule.pattern)
    }
    platform = clauses.count
    clauses.append([BotPatterns.platformWords])
    prefilter = RulePrefilter(clauses)
    browsers = Self.range(rules, 0)
    systems = Self.range(rules, 1)
    devices = Self.range(rules, 2)
    spiders = devices.filter { [rules] in rules[$0].replacements.first == Self.spider }
    bots = Self.range(rules, 3)
    deviceTokens = DeviceTokens.Token.allCases.map { [rules] in Self.range(rules, Self.order(of: $0)) }
  }

  /// The family that uap-core assigns to robots' devices.
  static let spider = "Spider"

  private static func order(_ rule: AgentRule) -> Int {
    switch rule.meaning {
    case .browser: 0
    case .system: 1
    case .device: 2
    case .bot: 3
    case .deviceToken(let token): order(of: token)
    }
  }

  private static func order(of token: DeviceTokens.Token) -> Int { 4 + token.rawValue }

  private static func range(_ rules: [AgentRule], _ wanted: Int) -> Range<Int> {
    let start = rules.firstIndex { order($0) >= wanted } ?? rules.count
    let end = rules.firstIndex { order($0) > wanted } ?? rules.count
    return start..<end
  }
}

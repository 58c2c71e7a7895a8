/// Rules made ready for matching: what all workers share.
public struct CompiledRules: Sendable {
  let rules: [AgentRule]
  let prefilter: RulePrefilter
  let browsers: Range<Int>
  let systems: Range<Int>
  let devices: Range<Int>
  let bots: Range<Int>
  let deviceTokens: Range<Int>
  /// The pseudo-rule that marks agents that name a platform browsers run on.
  let platform: Int

  /// Compiles rules. Takes some 50 ms; regular expressions are compiled later, when first needed.
  public init(_ source: UserAgentRules) {
    rules = source.rules.enumerated().sorted {
      (Self.order($0.element), $0.offset) < (Self.order($1.element), $1.offset)
    }.map(\.element)
    var clauses = rules.map { LiteralExtractor.clauses(of: $0.pattern) }
    platform = clauses.count
    clauses.append([OwnRules.platformWords])
    prefilter = RulePrefilter(clauses)
    browsers = Self.range(rules, 0)
    systems = Self.range(rules, 1)
    devices = Self.range(rules, 2)
    bots = Self.range(rules, 3)
    deviceTokens = Self.range(rules, 4)
  }

  private static func order(_ rule: AgentRule) -> Int {
    switch rule.meaning {
    case .browser: 0
    case .system: 1
    case .device: 2
    case .bot: 3
    case .deviceToken: 4
    }
  }

  private static func range(_ rules: [AgentRule], _ wanted: Int) -> Range<Int> {
    let start = rules.firstIndex { order($0) >= wanted } ?? rules.count
    let end = rules.firstIndex { order($0) > wanted } ?? rules.count
    return start..<end
  }
}

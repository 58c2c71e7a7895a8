import ByteScanning
import Hits

/// Identifies the browser, system and device, or the robot, behind a user agent. One per thread.
///
/// The semantics of uap-core's rules are those of its specification:
/// <https://github.com/ua-parser/uap-core/blob/master/docs/specification.md>.
public final class UserAgentParser {
  /// How much of an agent is read, in bytes.
  public static let longestAgent = 2_048

  private let rules: CompiledRules
  private let matcher: RuleMatcher?
  private var scratch: RulePrefilter.Scratch
  private let usesPrefilter: Bool

  /// Creates a parser for one thread.
  public convenience init(_ rules: CompiledRules) {
    self.init(rules, usesPrefilter: true)
  }

  /// Creates a parser that runs every rule in turn if `usesPrefilter` is false: the slow reference of the tests.
  package init(_ rules: CompiledRules, usesPrefilter: Bool) {
    self.rules = rules
    self.usesPrefilter = usesPrefilter
    matcher = RuleMatcher(rules.rules)
    scratch = rules.prefilter.scratch
  }

  /// Returns the verdict of the rules on an agent. An empty agent, or `-`, counts as a person's with an unknown client.
  public func judge(_ whole: Span<UInt8>) -> AgentVerdict {
    guard Self.isKnown(whole) else { return .client(.unknown) }
    let agent = whole.extracting(0..<min(whole.count, Self.longestAgent))
    rules.prefilter.scan(agent, &scratch)
    if let found = robot(agent) { return .bot(named(found.reason, matched: found.range, agent)) }
    let browser = fields(rules.browsers, agent, count: 2)
    let system = fields(rules.systems, agent, count: 3)
    let version = FrozenVersion(agent: agent)
    let family = system?[0] ?? "Other"
    return .client(
      Client(
        browser: browser?[0] ?? "Other", browserVersion: browser?[1] ?? "", system: family,
        systemVersion: version.system(family, major: system?[1] ?? nil, minor: system?[2] ?? nil),
        device: DeviceTokens.device { self.has($0, agent) }))
  }

  /// Returns why an agent is a robot's; nil if it is a person's.
  public func reason(_ whole: Span<UInt8>) -> RobotReason? {
    guard Self.isKnown(whole) else { return nil }
    let agent = whole.extracting(0..<min(whole.count, Self.longestAgent))
    rules.prefilter.scan(agent, &scratch)
    return robot(agent)?.reason
  }

  /// Returns the first day, in days since 1970-01-01, on which the version of a client's browser is an old one; `.max` if it
  /// never is, or if that is unknown.
  public func oldFrom(_ client: Client) -> Int32 { rules.releases.oldFrom(client) }

  /// Whether an agent is neither empty nor `-`.
  private static func isKnown(_ agent: Span<UInt8>) -> Bool {
    !agent.isEmpty && !(agent.count == 1 && agent[0] == Byte.hyphen)
  }

  /// Returns the browser as uap-core's rules and ours name it: family, major, minor, patch, patch minor; nil if no rule matches.
  func browser(of agent: Span<UInt8>) -> [String?]? {
    rules.prefilter.scan(agent, &scratch)
    return fields(rules.browsers, agent, count: 5)
  }

  /// Returns the system as uap-core's rules and ours name it: family, major, minor, patch, patch minor; nil if no rule matches.
  func system(of agent: Span<UInt8>) -> [String?]? {
    rules.prefilter.scan(agent, &scratch)
    return fields(rules.systems, agent, count: 5)
  }

  /// Returns uap-core's device: family, brand, model; nil if no rule matches.
  func device(of agent: Span<UInt8>) -> [String?]? {
    rules.prefilter.scan(agent, &scratch)
    return fields(rules.devices, agent, count: 3)
  }

  /// Returns why an agent is a robot's, and where the rule that says so matches, if there is one; nil if it is a person's.
  private func robot(_ agent: Span<UInt8>) -> (reason: RobotReason, range: Range<Int>?)? {
    if let rule = firstMatch(rules.bots, agent), case .bot(let kind) = rules.rules[rule].meaning {
      let reason = RobotReason(kind: kind, source: rules.rules[rule].source, pattern: rules.rules[rule].pattern)
      return (reason, range(of: rule, agent))
    }
    if let spider = spider(agent) {
      let reason = RobotReason(kind: .otherBot, source: .uapCore, pattern: rules.rules[spider].pattern)
      return (reason, range(of: spider, agent))
    }
    // Every browser that people use names its platform.
    let namesPlatform = scratch.next(from: rules.platform, before: rules.platform + 1) != nil
    return namesPlatform ? nil : (RobotReason(kind: .otherBot, source: .footfall, pattern: nil), nil)
  }

  /// Returns the robot that a rule has found: as the directory knows it, or by the name in the agent. The operator's own
  /// list decides what it comes for.
  private func named(_ reason: RobotReason, matched range: Range<Int>?, _ agent: Span<UInt8>) -> Robot {
    let found = RobotName(agent)
    let subscribers = SubscriberCount.read(found.lower)
    if var robot = RobotDirectory.standard.robot(in: found.lower) {
      if reason.source == .ownList { robot.kind = reason.kind }
      robot.subscribers = subscribers
      return robot
    }
    return Robot(
      name: found.name(matched: range) ?? Robot.unnamed, operator: found.host ?? "", kind: reason.kind,
      subscribers: subscribers)
  }

  /// Returns the first of uap-core's rules for devices that matches, if it is one for robots. Most agents match none of
  /// those.
  private func spider(_ agent: Span<UInt8>) -> Int? {
    guard !usesPrefilter || rules.spiders.contains(where: { firstMatch($0..<$0 + 1, agent) != nil }),
      let rule = firstMatch(rules.devices, agent), fields(rule, agent, count: 1)[0] == CompiledRules.spider
    else { return nil }
    return rule
  }

  private func has(_ token: DeviceTokens.Token, _ agent: Span<UInt8>) -> Bool {
    firstMatch(rules.deviceTokens[token.rawValue], agent) != nil
  }

  private func firstMatch(_ range: Range<Int>, _ agent: Span<UInt8>) -> Int? {
    guard let matcher else { return nil }
    guard usesPrefilter else { return range.first { matcher.matches($0, agent) } }
    var rule = scratch.next(from: range.lowerBound, before: range.upperBound)
    while let candidate = rule {
      if let text = rules.texts[candidate] {
        // The prefilter has found the text.
        if !text.startsWord || text.range(in: Self.lower(agent)) != nil {
          matcher.forgetGroups()
          return candidate
        }
      } else if matcher.matches(candidate, agent) {
        return candidate
      }
      rule = scratch.next(from: candidate + 1, before: range.upperBound)
    }
    return nil
  }

  /// Returns where a rule, the last one that was found to match, does so.
  private func range(of rule: Int, _ agent: Span<UInt8>) -> Range<Int>? {
    rules.texts[rule].map { $0.range(in: Self.lower(agent)) } ?? matcher?.group(0)
  }

  private static func lower(_ agent: Span<UInt8>) -> [UInt8] {
    ByteCopy.bytes(agent, 0..<agent.count).map(Byte.lower)
  }

  /// Returns the fields of the first rule that matches: replacements with their groups filled in, or the groups
  /// themselves.
  private func fields(_ range: Range<Int>, _ agent: Span<UInt8>, count: Int) -> [String?]? {
    firstMatch(range, agent).map { fields($0, agent, count: count) }
  }

  /// Returns the fields of a rule that was just found to match.
  private func fields(_ rule: Int, _ agent: Span<UInt8>, count: Int) -> [String?] {
    let replacements = rules.rules[rule].replacements
    let isDevice = rules.rules[rule].meaning == .device
    return (0..<count).map { field in
      if field < replacements.count, let replacement = replacements[field] { return filled(replacement, agent) }
      // Without a replacement, a device has no brand, and its model is its family.
      if isDevice { return field == 1 ? nil : Self.trimmed(group(1, agent)) }
      return Self.trimmed(group(field + 1, agent))
    }
  }

  private func filled(_ replacement: String, _ agent: Span<UInt8>) -> String? {
    // Most replacements are plain names.
    let isName = !replacement.utf8.contains(UInt8(ascii: "$")) && !replacement.hasPrefix(" ")
    if isName, let last = replacement.utf8.last, last != Byte.space { return replacement }
    let template = Array(replacement.utf8)
    var text: [UInt8] = []
    var index = 0
    while index < template.count {
      if template[index] == UInt8(ascii: "$"), index + 1 < template.count, (0x31...0x39).contains(template[index + 1]) {
        text += group(Int(template[index + 1] - 0x30), agent)
        index += 2
      } else {
        text.append(template[index])
        index += 1
      }
    }
    return Self.trimmed(text)
  }

  private func group(_ number: Int, _ agent: Span<UInt8>) -> [UInt8] {
    guard let range = matcher?.group(number) else { return [] }
    return range.map { agent[$0] }
  }

  private static func trimmed(_ text: [UInt8]) -> String? {
    var slice = text[...]
    while slice.first == Byte.space { slice.removeFirst() }
    while slice.last == Byte.space { slice.removeLast() }
    return slice.isEmpty ? nil : String(decoding: slice, as: UTF8.self)
  }
}

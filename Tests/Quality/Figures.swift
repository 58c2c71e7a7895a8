import Hits
import UserAgents

/// How the rules judge the sets, as tables in Markdown, and whether that is good enough.
struct Figures {
  private let sets: [(set: AgentSet, judgements: [AgentVerdict])]
  /// The number of user agents that the prefilter and running each rule in turn judge differently.
  let differences: Int
  private(set) var failures: [String] = []

  init(_ sets: [AgentSet], _ rules: CompiledRules) {
    let parser = UserAgentParser(rules)
    let reference = UserAgentParser(rules, usesPrefilter: false)
    var differences = 0
    self.sets = sets.map { set in
      let judgements = set.agents.map { parser.judge($0.text.span) }
      for (agent, judgement) in zip(set.agents, judgements) where reference.judge(agent.text.span) != judgement {
        differences += 1
      }
      return (set, judgements)
    }
    self.differences = differences
    if differences > 0 { failures.append("\(differences) user agents are judged differently without the prefilter") }
  }

  mutating func text(revisions: [String]) -> String {
    """
    # Quality of the rules

    How well the rules identify robots, browsers and devices, tested on user agents that others have collected: robots
    from crawler-user-agents and isbot, browsers and devices from Matomo's fixtures, and a mix of real traffic.
    The last sections are about robots by behaviour, and about personal data that is redacted.
    `make quality` writes this page and fails if a goal is missed; do not edit it.

    Rules: \(revisions.joined(separator: ", ")), and Footfall's own.

    ## Robots

    | set of robots | user agents | detected | share | goal |
    |---|---|---|---|---|
    \(robots())

    | set of people | browsers | taken for robots | share | goal |
    |---|---|---|---|---|
    \(people())

    | class | robots |
    |---|---|
    \(classes())

    ## Kinds of devices

    | set | user agents | right | share | goal |
    |---|---|---|---|---|
    \(devices())

    | kind | user agents | right | share |
    |---|---|---|---|
    \(kinds())

    ## The prefilter

    \(sets.reduce(0) { $0 + $1.set.agents.count }) user agents were judged twice, with the prefilter and by running \
    each rule in turn: \(differences) differences.

    """
  }

  private mutating func robots() -> String {
    rows(sets.filter(\.set.isOfRobots)) { entry in
      let told = entry.judgements.count { Self.bot($0) != nil }
      return (entry.judgements.count, told, ">= 98 %", Self.share(told, entry.judgements.count) >= 0.98)
    }
  }

  private mutating func people() -> String {
    rows(sets.filter { !$0.set.isOfRobots }) { entry in
      let browsers = zip(entry.set.agents, entry.judgements).filter(\.0.isBrowser)
      let taken = browsers.count { Self.bot($0.1) != nil }
      let isGood = entry.set.isRealMix ? taken == 0 : Self.share(taken, browsers.count) <= 0.0005
      return (browsers.count, taken, entry.set.isRealMix ? "0" : "<= 0.05 %", isGood)
    }
  }

  private mutating func devices() -> String {
    rows(sets.filter { !$0.set.isOfRobots }) { entry in
      let known = Self.known(entry)
      let right = known.count { $0.told == $0.device }
      let goal = entry.set.isRealMix ? 0.99 : 0.9
      return (known.count, right, entry.set.isRealMix ? ">= 99 %" : ">= 90 %", Self.share(right, known.count) >= goal)
    }
  }

  private func classes() -> String {
    let told = sets.filter(\.set.isOfRobots).flatMap(\.judgements).compactMap(Self.bot)
    return BotClass.allCases.map { kind in "| `\(kind.name)` | \(told.count { $0 == kind }) |" }.joined(separator: "\n")
  }

  private func kinds() -> String {
    let known = sets.filter { !$0.set.isOfRobots }.flatMap(Self.known)
    return DeviceType.allCases.map { kind in
      let agents = known.filter { $0.device == kind.name }
      let right = agents.count { $0.told == kind.name }
      return "| \(kind.name) | \(agents.count) | \(right) | \(Self.percent(right, agents.count)) |"
    }.joined(separator: "\n")
  }

  /// Returns a row for each set, and records a failure for each missed goal.
  private mutating func rows(
    _ entries: [(set: AgentSet, judgements: [AgentVerdict])],
    _ measure: ((set: AgentSet, judgements: [AgentVerdict])) -> (of: Int, part: Int, goal: String, isGood: Bool)
  ) -> String {
    var lines: [String] = []
    for entry in entries {
      let figure = measure(entry)
      let share = Self.percent(figure.part, figure.of)
      lines.append("| \(entry.set.name) | \(figure.of) | \(figure.part) | \(share) | \(figure.goal) |")
      if !figure.isGood { failures.append("\(entry.set.name): \(share), goal \(figure.goal)") }
    }
    return lines.joined(separator: "\n")
  }

  /// Returns the user agents whose kind of device is known and that we do not count as robots.
  private static func known(
    _ entry: (set: AgentSet, judgements: [AgentVerdict])
  ) -> [(device: String, told: String)] {
    zip(entry.set.agents, entry.judgements).compactMap { agent, judgement in
      guard let device = agent.device, case .client(let client) = judgement else { return nil }
      return (device, client.device.name)
    }
  }

  private static func bot(_ judgement: AgentVerdict) -> BotClass? {
    if case .bot(let robot) = judgement { return robot.kind }
    return nil
  }

  private static func share(_ part: Int, _ of: Int) -> Double { of == 0 ? 0 : Double(part) / Double(of) }

  private static func percent(_ part: Int, _ of: Int) -> String {
    let hundredths = of == 0 ? 0 : (part * 10_000 + of / 2) / of
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) %"
  }
}

import Glibc
import UserAgents

/// The cost of judging user agents, in CPU time of this thread, which is comparable on a busy machine.
struct Speed {
  private static let goals = (start: 100_000.0, agent: 10.0, hostile: 1_000.0)

  /// Microseconds to read and compile the rules.
  var start: Double
  /// Microseconds per new user agent, over all user agents of the sets.
  var agent: Double
  /// Microseconds for the worst hostile user agent.
  var hostile: Double

  init(_ sets: [AgentSet], _ read: () throws -> CompiledRules) throws {
    let begin = Self.now
    let rules = try read()
    start = Self.now - begin
    let parser = UserAgentParser(rules)
    let agents = sets.filter { !$0.isOfRobots }.flatMap { $0.agents.map(\.text) }
    // Expressions are compiled on first use: once per import, which is not part of the cost of a user agent.
    for agent in agents { _ = parser.judge(agent.span) }
    let middle = Self.now
    for agent in agents { _ = parser.judge(agent.span) }
    agent = (Self.now - middle) / Double(max(1, agents.count))
    let attacks = HostileAgents.all
    for attack in attacks { _ = parser.judge(attack.span) }
    hostile =
      attacks.map { attack in (0..<3).map { _ in Self.cost { _ = parser.judge(attack.span) } }.min() ?? 0 }.max() ?? 0
  }

  var text: String {
    """
    reading and compiling the rules  \(Int(start / 100) / 10) ms (goal \(Int(Self.goals.start / 1_000)))
    a distinct user agent            \(Double(Int(agent * 100)) / 100) µs (goal \(Int(Self.goals.agent)))
    the worst hostile user agent     \(Int(hostile)) µs (goal \(Int(Self.goals.hostile)))

    """
  }

  var isGood: Bool { start <= Self.goals.start && agent <= Self.goals.agent && hostile <= Self.goals.hostile }

  private static func cost(_ work: () -> Void) -> Double {
    let begin = now
    work()
    return now - begin
  }

  private static var now: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }
}

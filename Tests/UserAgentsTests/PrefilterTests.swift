import Foundation
import TestSupport
import Testing

@testable import UserAgents

/// The prefilter must never change a verdict: the result equals that of running each rule in turn.
@Suite struct PrefilterTests {
  private static func check(_ agents: [String], _ rules: CompiledRules = RuleSet.compiled) {
    let fast = UserAgentParser(rules)
    let slow = UserAgentParser(rules, usesPrefilter: false)
    for (index, agent) in agents.enumerated() {
      let bytes = Array(agent.utf8)
      #expect(fast.judge(bytes.span) == slow.judge(bytes.span), "agent \(index)")
    }
  }

  @Test func fixtures() {
    Self.check(AgentTableTests.rows.map { $0[0] })
  }

  @Test func randomMixturesOfAgents() {
    var generator = SeededGenerator(seed: 41)
    let words = AgentTableTests.rows.flatMap { $0[0].split(separator: " ").map(String.init) }
    let agents = (0..<200).map { _ in
      (0..<Int.random(in: 1...12, using: &generator)).map { _ in words.randomElement(using: &generator) ?? "" }
        .joined(separator: " ")
    }
    Self.check(agents)
  }

  /// Every fourth user agent, since running each rule in turn takes long. `make quality` compares all of them.
  @Test(
    .enabled(if: SharedData.exists("user-agents/intoli_real_mix.tsv"), "needs ../shared/user-agents"),
    arguments: [
      "crawler_user_agents_instances.txt", "isbot_crawlers.txt", "isbot_browsers.txt", "intoli_real_mix.tsv",
      "matomo_fixtures.tsv",
    ])
  func agentsCollectedElsewhere(_ file: String) throws {
    let text = try String(contentsOfFile: SharedData.path("user-agents/" + file), encoding: .utf8)
    let agents = Set(text.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) })
    #expect(agents.count > 200)
    Self.check(agents.sorted().enumerated().filter { $0.offset % 4 == 0 }.map(\.element))
  }

  @Test func listsOfOnesOwn() throws {
    let list = try BotList(Array("some ?thing\n[sx]afari/6\nedg\n".utf8), name: "bots.txt")
    Self.check(AgentTableTests.rows.map { $0[0] }, try RuleSet.compiled(with: list))
  }
}

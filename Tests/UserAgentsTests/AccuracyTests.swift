import Foundation
import TestSupport
import Testing

@testable import UserAgents

/// How well robots and devices are identified, on user agents collected elsewhere.
@Suite(.enabled(if: SharedData.exists("user-agents/intoli_real_mix.tsv"), "needs ../shared/user-agents"))
struct AccuracyTests {
  private static func rows(_ file: String) throws -> [[String]] {
    let text = try String(contentsOfFile: SharedData.path("user-agents/" + file), encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  private static func isBot(_ parser: UserAgentParser, _ agent: String) -> Bool {
    if case .bot = parser.judge(agent) { return true }
    return false
  }

  @Test(arguments: [("crawler_user_agents_instances.txt", 0.98), ("isbot_crawlers.txt", 0.98)])
  func robotsAreTold(_ file: String, _ least: Double) throws {
    let parser = UserAgentParser(RuleSet.compiled)
    let agents = try Self.rows(file).map { $0[0] }
    let told = agents.count { Self.isBot(parser, $0) }
    #expect(Double(told) / Double(agents.count) >= least, "\(told) of \(agents.count)")
  }

  @Test func peopleAreNotTakenForRobots() throws {
    let parser = UserAgentParser(RuleSet.compiled)
    let real = try Self.rows("intoli_real_mix.tsv").map { $0[0] }
    #expect(real.count { Self.isBot(parser, $0) } == 0)
    let browsers = try Self.rows("matomo_fixtures.tsv").filter { $0.count > 3 && $0[3].hasPrefix("browser:") }
      .map { $0[0] }
    let taken = browsers.filter { Self.isBot(parser, $0) }
    #expect(Double(taken.count) / Double(browsers.count) <= 0.0005, "\(taken.count) of \(browsers.count)")
  }

  @Test func devicesOfRealTrafficAreTold() throws {
    let parser = UserAgentParser(RuleSet.compiled)
    let rows = try Self.rows("intoli_real_mix.tsv")
    let right = rows.count { row in
      if case .client(let client) = parser.judge(row[0]) { return client.device.name == row[1] }
      return false
    }
    #expect(Double(right) / Double(rows.count) >= 0.99, "\(right) of \(rows.count)")
  }

  private static let kinds = [
    "smartphone": "mobile", "phablet": "mobile", "feature phone": "mobile", "tablet": "tablet", "tv": "tv",
    "console": "console", "desktop": "desktop", "peripheral": "tv", "wearable": "wearable", "smart speaker": "other",
    "car browser": "other", "camera": "other", "smart display": "other", "portable media player": "other",
  ]

  @Test func devicesOfAllSortsAreTold() throws {
    let parser = UserAgentParser(RuleSet.compiled)
    let rows = try Self.rows("matomo_fixtures.tsv").filter {
      $0.count > 4 && $0[4] == "False" && Self.kinds[$0[1]] != nil
    }
    let right = rows.count { row in
      if case .client(let client) = parser.judge(row[0]) { return client.device.name == Self.kinds[row[1]] }
      return false
    }
    let people = rows.count { !Self.isBot(parser, $0[0]) }
    #expect(Double(right) / Double(people) >= 0.9, "\(right) of \(people)")
  }
}

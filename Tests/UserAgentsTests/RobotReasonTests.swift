import Hits
import TestSupport
import Testing

@testable import UserAgents

/// Why a user agent is a robot's: source and rule.
@Suite struct RobotReasonTests {
  private static let browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

  private static func reason(_ agent: String, ownList: String = "") throws -> String? {
    let bots = try BotList(Array(ownList.utf8), name: "list")
    let bytes = Array(agent.utf8)
    return UserAgentParser(try RuleSet.compiled(with: bots)).reason(bytes.span)?.description
  }

  @Test(
    arguments: [
      (browser, "", nil), ("", "", nil), ("-", "", nil),
      (browser, "fire ?fox\tmonitor\n", "by your list: fire ?fox"),
      (
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "",
        "by crawler-user-agents: Ahrefs(Bot|SiteAudit)"
      ),
      (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)", "",
        "by Footfall: (?<![a-z0-9])gptbot"
      ),
      (
        "npm/10.9.0 node/v22.9.0 linux x64 workspaces/false", "",
        "by Footfall: ^(?:curl|wget|python|java/|go-http|okhttp|ruby|perl|php|axio…"
      ),
      ("something/1", "", "by Footfall: it names no platform of a browser"),
    ] as [(String, String, String?)])
  func namesSourceAndRule(_ agent: String, _ ownList: String, _ reason: String?) throws {
    #expect(try Self.reason(agent, ownList: ownList) == reason)
  }

  /// Reasons and verdicts agree on real robots and browsers.
  @Test func agreesWithTheVerdict() throws {
    let parser = UserAgentParser(RuleSet.compiled)
    var robots = 0
    for agent in AgentTableTests.rows.compactMap(\.first) {
      let bytes = Array(agent.utf8)
      switch parser.judge(bytes.span) {
      case .bot(let robot):
        robots += 1
        let reason = parser.reason(bytes.span)
        #expect(reason != nil && !robot.name.isEmpty)
      case .client: #expect(parser.reason(bytes.span) == nil)
      }
    }
    #expect(robots > 10)
  }
}

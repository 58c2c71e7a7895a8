import Hits
import Testing

@testable import UserAgents

/// Which user agents no rule knows by name.
@Suite struct UnknownAgentTests {
  private static func unknown(_ agent: String) -> UnknownAgent? {
    let bytes = Array(agent.utf8)
    return UserAgentParser(RuleSet.compiled).unknown(bytes.span)
  }

  @Test(
    arguments: [
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Googlebot/2.1", "curl/8.5.0",
      "Lynx/2.8.9rel.1 libwww-FM/2.14", "w3m/0.5.3+git20230121", "URL/Emacs Emacs/29.4 (X11; x86_64-pc-linux-gnu)",
      "Opera/9.80 (X11; Linux x86_64) Presto/2.12.388 Version/12.16",
    ])
  func knownAgentsAreLeftOut(_ agent: String) {
    #expect(Self.unknown(agent) == nil)
  }

  @Test(
    arguments: [
      ("Mozilla/5.0 (X11; Linux x86_64) Frobnicator/3.1", "Other", "Linux"),
      ("Dalvik/2.1.0 (Linux; U; Android 10; SM-G973F Build/QP1A.190711.020)", "Android", "Android"),
      ("FrobApp/4.2 (iPhone; iOS 17.2; Scale/3.00)", "Mobile Safari UI/WKWebView", "iOS"),
    ])
  func peopleWithUnknownBrowsers(_ agent: String, _ browser: String, _ system: String) throws {
    guard case .person(let client) = Self.unknown(agent) else {
      Issue.record("known, or a robot's: \(agent)")
      return
    }
    #expect(client.browser == browser)
    #expect(client.system == system)
  }

  @Test(
    arguments: [
      ("FrobBot/1.0", "FrobBot"), ("Frobnicator/3.1 (+https://frob.example/bot)", "Frobnicator"),
      ("something/1", "something"),
    ])
  func robotsInNoList(_ agent: String, _ name: String) {
    guard case .robot(let robot) = Self.unknown(agent) else {
      Issue.record("known, or a person's: \(agent)")
      return
    }
    #expect(robot.name == name)
    #expect(robot.kind == .otherBot)
  }
}

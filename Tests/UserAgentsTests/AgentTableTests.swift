import Foundation
import Hits
import TestSupport
import Testing

@testable import UserAgents

/// The results for common user agents: fixtures/agents/agents.tsv, which was reviewed before it was committed.
@Suite struct AgentTableTests {
  static let rows: [[String]] = {
    let path = SharedData.packageRoot.appendingPathComponent("fixtures/agents/agents.tsv").path
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }()

  @Test func agentsAreTold() {
    let parser = UserAgentParser(RuleSet.compiled)
    #expect(Self.rows.count > 50)
    for row in Self.rows {
      #expect(Self.told(parser.judge(row[0])) == Array(row.dropFirst()), "\(row[0])")
    }
  }

  @Test func everyClassAndKindOfDeviceIsThere() {
    let told = Set(Self.rows.map { $0.last ?? "" })
    #expect(told == Set(BotClass.allCases.map(\.name) + DeviceType.allCases.map(\.name)))
  }

  private static func told(_ judgement: AgentVerdict) -> [String] {
    switch judgement {
    case .bot(let robot): ["bot", robot.kind.name]
    case .client(let found):
      [found.browser, found.browserVersion, found.system, found.systemVersion, found.device.name]
    }
  }
}

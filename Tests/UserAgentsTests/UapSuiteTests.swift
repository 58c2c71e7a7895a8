import Foundation
import TestSupport
import Testing
import Yams

@testable import UserAgents

/// uap-core's own test suites: its rules must mean the same here as everywhere.
@Suite(.enabled(if: SharedData.exists("user-agents/uap-core/tests"), "needs ../shared/user-agents"))
struct UapSuiteTests {
  private static func cases(_ file: String) throws -> [[String: String]] {
    let path = SharedData.path("user-agents/uap-core/" + file)
    let node = try Yams.compose(yaml: try String(contentsOfFile: path, encoding: .utf8))
    let list = node?["test_cases"]?.sequence ?? []
    return list.map { entry in
      var fields: [String: String] = [:]
      for (key, value) in entry.mapping ?? [:] {
        guard let name = key.string, let scalar = value.scalar else { continue }
        let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
        if !isNull { fields[name] = scalar.string }
      }
      return fields
    }
  }

  private static func check(
    _ cases: [[String: String]], _ keys: [String], _ parse: (Span<UInt8>) -> [String?]?
  ) -> [Int] {
    cases.indices.filter { index in
      let agent = Array((cases[index]["user_agent_string"] ?? "").utf8)
      let found = parse(agent.span) ?? ["Other"] + Array(repeating: nil, count: keys.count - 1)
      let expected = keys.map { key in cases[index][key].flatMap { $0.isEmpty ? nil : $0 } }
      return Array(found.prefix(keys.count)) != expected
    }
  }

  @Test(arguments: [("tests/test_ua.yaml", 1_601)])
  func browsers(_ file: String, _ count: Int) throws {
    let cases = try Self.cases(file)
    #expect(cases.count == count)
    let parser = UserAgentParser(RuleSet.compiled)
    #expect(Self.check(cases, ["family", "major", "minor", "patch"], parser.browser) == [])
  }

  @Test(arguments: [("tests/test_os.yaml", 483)])
  func systems(_ file: String, _ count: Int) throws {
    let cases = try Self.cases(file)
    #expect(cases.count == count)
    let parser = UserAgentParser(RuleSet.compiled)
    #expect(Self.check(cases, ["family", "major", "minor", "patch", "patch_minor"], parser.system) == [])
  }

  @Test(arguments: [("tests/test_device.yaml", 16_129)])
  func devices(_ file: String, _ count: Int) throws {
    let cases = try Self.cases(file)
    #expect(cases.count == count)
    let parser = UserAgentParser(RuleSet.compiled)
    #expect(Self.check(cases, ["family", "brand", "model"], parser.device) == [])
  }
}

import Hits
import Testing

@testable import UserAgents

@Suite struct RuleReaderTests {
  private static let good = "browser\t-\t(Foo)/(\\d+)\t\t\t\t\t"

  @Test(
    arguments: [
      ("browser\t-\tFoo", "8 columns expected, 3 found"),
      ("agent\t-\tFoo\t\t\t\t\t", "first column is none of browser, system, device"),
      ("browser\tx\tFoo\t\t\t\t\t", "second column is neither i nor -"),
      ("browser\t-\t\t\t\t\t\t", "no pattern"),
      ("browser\t-\tFoo(\t\t\t\t\t", "the pattern is no regular expression"),
    ])
  func aLineThatIsNoRuleIsAnError(_ line: String, _ reason: String) {
    let text = "# a comment\n\n\(Self.good)\n\(line)\n"
    #expect(throws: UserAgentRules.Failure(file: "browsers.rules", line: 4, reason: reason)) {
      _ = try UserAgentRules(browsers: Array(text.utf8), crawlers: [])
    }
  }

  @Test(
    arguments: [
      ("Foo", "2 columns expected, 1 found"), ("\tseo", "no pattern"),
      ("Foo[\tseo", "the pattern is no regular expression"),
    ])
  func aPatternThatIsNoneIsAnError(_ line: String, _ reason: String) {
    #expect(throws: UserAgentRules.Failure(file: "crawlers.rules", line: 1, reason: reason)) {
      _ = try UserAgentRules(browsers: Array(Self.good.utf8), crawlers: Array(line.utf8))
    }
  }

  @Test func patternsThatHitPeopleAreLeftOut() throws {
    let rules = try UserAgentRules(browsers: [], crawlers: Array("Sogou\tsearch-engine\nFoobot\tseo\n".utf8)).rules
    #expect(!rules.contains { $0.pattern == "Sogou" })
    #expect(rules.contains { $0.pattern == "Foobot" && $0.meaning == .bot(.seoCrawler) })
  }

  @Test func everyRuleOfOursIsARegularExpression() {
    for rule in BotPatterns.beforeLists + BotPatterns.afterLists + DevicePatterns.rules {
      #expect(RuleMatcher.reads(rule), "\(rule.pattern)")
    }
  }

  @Test func everyDeviceTokenHasPatterns() throws {
    let ranges = RuleSet.compiled.deviceTokens
    #expect(ranges.count == DeviceTokens.Token.allCases.count)
    #expect(ranges.allSatisfy { !$0.isEmpty })
  }

  /// Without a limit this match would take longer than the universe is old.
  @Test func aMatchThatTakesTooLongIsNone() throws {
    let rules = try UserAgentRules(browsers: Array("browser\t-\t(x+x+)+y\tFoo\t\t\t\t".utf8), crawlers: [])
    let parser = UserAgentParser(CompiledRules(rules))
    let hostile = Array((String(repeating: "x", count: 2_000) + " y").utf8)
    #expect(parser.browser(of: hostile.span) == nil)
    #expect(parser.browser(of: Array("xxy".utf8).span)?[0] == "Foo")
  }
}

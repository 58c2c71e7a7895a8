import Hits
import Testing

@testable import UserAgents

@Suite struct RuleReaderTests {
  private static let good = "browser\t-\t(Foo)/(\\d+)\t\t\t\t\t"

  @Test(
    arguments: [
      ("browser\t-\tFoo", "expected 8 columns, found 3"),
      ("agent\t-\tFoo\t\t\t\t\t", "the first column must be browser, system or device"),
      ("browser\tx\tFoo\t\t\t\t\t", "the second column must be i or -"),
      ("browser\t-\t\t\t\t\t\t", "the pattern is missing"),
      ("browser\t-\tFoo(\t\t\t\t\t", "the pattern is not a valid regular expression"),
    ])
  func aLineThatIsNoRuleIsAnError(_ line: String, _ reason: String) {
    let text = "# a comment\n\n\(Self.good)\n\(line)\n"
    #expect(throws: UserAgentRules.Failure(file: "browsers.rules", line: 4, reason: reason)) {
      _ = try UserAgentRules(browsers: Array(text.utf8), crawlers: [])
    }
  }

  @Test(
    arguments: [
      ("Foo", "expected 2 columns, found 1"), ("\tseo", "the pattern is missing"),
      ("Foo[\tseo", "the pattern is not a valid regular expression"),
    ])
  func aPatternThatIsNoneIsAnError(_ line: String, _ reason: String) {
    #expect(throws: UserAgentRules.Failure(file: "crawlers.rules", line: 1, reason: reason)) {
      _ = try UserAgentRules(browsers: Array(Self.good.utf8), crawlers: Array(line.utf8))
    }
  }

  @Test(
    arguments: [
      ("chrome\t50", "expected 3 columns, found 2"), ("\t50\t2016-04-13", "the browser is missing"),
      ("chrome\t50.1\t2016-04-13", "the second column must be a major version"),
      ("chrome\t\t2016-04-13", "the second column must be a major version"),
      ("chrome\t99999999999\t2016-04-13", "the second column must be a major version"),
      ("chrome\t50\t2016-02-30", "the third column must be a date such as 2024-10-24"),
      ("chrome\t50\t≤2016-04-13", "the third column must be a date such as 2024-10-24"),
    ])
  func aReleaseThatIsNoneIsAnError(_ line: String, _ reason: String) {
    let failure = UserAgentRules.Failure(file: "releases.tsv", line: 2, reason: reason)
    #expect(failure.description.hasSuffix("; recreate the rule data with make -B setup"))
    #expect(throws: failure) {
      _ = try UserAgentRules(browsers: [], crawlers: [], releases: Array("ie\t11\t2013-10-17\n\(line)\n".utf8))
    }
  }

  @Test func patternsThatHitPeopleAreExcluded() throws {
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

  /// Without a limit, this match would take longer than the age of the universe.
  @Test func aMatchThatTakesTooLongIsNone() throws {
    let rules = try UserAgentRules(browsers: Array("browser\t-\t(x+x+)+y\tFoo\t\t\t\t".utf8), crawlers: [])
    let parser = UserAgentParser(CompiledRules(rules))
    let hostile = Array((String(repeating: "x", count: 2_000) + " y").utf8)
    #expect(parser.browser(of: hostile.span) == nil)
    #expect(parser.browser(of: Array("xxy".utf8).span)?[0] == "Foo")
  }
}

import Foundation
import Hits
import TestSupport
import Testing

@testable import UserAgents

@Suite struct BotListTests {
  private static let browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

  private static func told(_ list: String, _ agent: String) throws -> BotClass? {
    let bots = try BotList(Array(list.utf8), name: "list")
    guard case .bot(let robot) = UserAgentParser(try RuleSet.compiled(with: bots)).judge(agent) else { return nil }
    return robot.kind
  }

  @Test(
    arguments: [
      ("# mine\n\nfire ?fox\n", BotClass.otherBot), ("X11.*rv:\tmonitor\r\n", .monitor),
      (
        "- regex: 'Firefox(?:/\\d)'\n  name: 'Foo'\n  category: 'Site Monitor'\n  producer:\n    name: 'x: y'\n",
        .monitor
      ),
      ("# x\n- regex: \"Firefox/\\\\d\"\n  name: 'Foo'\n", .otherBot),
      ("- regex: nothing\n  category: 'Crawler'\n\n- regex: Firefox\n  category: 'AI Data Scraper'\n", .aiCrawler),
      ("- regex: Firefox\n  category: 'Security Checker'\n", .scanner),
      ("- regex: Firefox\n  category: 'Search bot'\n", .searchEngine),
      ("- regex: Firefox\n  category: 'Feed Fetcher'\n", .feedReader),
      ("- regex: Firefox\n  category: 'Social Media Agent'\n", .socialPreview),
      ("- regex: Firefox\n  category: 'Crawler'\n", .otherBot),
    ] as [(String, BotClass)])
  func tellsRobots(_ list: String, _ kind: BotClass) throws {
    #expect(try Self.told(list, Self.browser) == kind)
  }

  /// Matomo's patterns match at the start of a word, those of plain lists anywhere.
  @Test func matomosPatternsAreWords() throws {
    #expect(try Self.told("- regex: efox\n", Self.browser) != .otherBot)
    #expect(try Self.told("efox\n", Self.browser) == .otherBot)
  }

  @Test func comesBeforeOtherRules() throws {
    #expect(try Self.told("curl/\tmonitor\n", "curl/8.5.0") == .monitor)
  }

  @Test(
    arguments: [
      ("foo\nbar(\n", 2, "the pattern is not a valid regular expression"), ("foo\tnonsense\n", 1, nil),
      ("foo\tmonitor\tx\n", 1, "expected a pattern and a class, found 3 columns"),
      ("\tmonitor\n", 1, "the pattern is missing"),
      ("- regex: foo\nname: x\n", 2, "neither an entry nor a key of an entry"),
      ("- regex: 'foo\n", 1, "the closing quote is missing"),
      ("- regex: 'foo('\n", 1, "the pattern is not a valid regular expression"),
    ] as [(String, Int, String?)])
  func whatIsNotUnderstoodIsAnError(_ list: String, _ line: Int, _ reason: String?) {
    do {
      _ = try BotList(Array(list.utf8), name: "list")
      Issue.record("no error")
    } catch {
      #expect(error.file == "list")
      #expect(error.line == line)
      if let reason { #expect(error.reason == reason) }
    }
  }
}

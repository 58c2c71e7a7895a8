import ByteScanning
import Hits
import Testing

@testable import UserAgents

/// What is stored of robots: names, operators and numbers of subscribers, and nothing that identifies somebody.
@Suite struct RobotNameTests {
  private static func robot(_ agent: String) throws -> Robot {
    let bytes = Array(agent.utf8)
    guard case .bot(let robot) = UserAgentParser(RuleSet.compiled).judge(bytes.span) else { throw NoRobot() }
    return robot
  }

  private struct NoRobot: Error {}

  @Test(
    arguments: [
      (
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot", "Google", .searchEngine
      ),
      ("Googlebot-Image/1.0", "Googlebot-Image", "Google", .searchEngine),
      (
        "Mozilla/5.0 (compatible; Amazonbot/0.1; +https://developer.amazon.com/amazonbot)", "Amazonbot", "Amazon",
        .aiTraining
      ),
      ("Mozilla/5.0 (compatible; GoogleOther)", "GoogleOther", "Google", .aiTraining),
      ("DuckAssistBot/1.2; (+http://duckduckgo.com/duckassistbot.html)", "DuckAssistBot", "DuckDuckGo", .aiUser),
      ("Claude-User (claude-code/2.1.90; +https://support.anthropic.com/)", "claude-code", "Anthropic", .aiAgent),
      (
        "meta-webindexer/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)", "meta-webindexer",
        "Meta", .aiSearch
      ),
      ("git/2.39.5", "git", "", .devTool), ("Debian APT-HTTP/1.3 (2.6.1)", "APT-HTTP", "", .devTool),
      ("curl/8.14.1", "curl", "", .httpLibrary),
      (
        "Mozilla/5.0 (compatible; ExampleBot/1.0; +https://www.bots.example/info)", "ExampleBot", "bots.example",
        .otherBot
      ),
      (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; SomethingBot/1) Chrome/120 Safari/537.36",
        "SomethingBot", "", .otherBot
      ),
      ("my-crawler", "my-crawler", "", .otherBot),
      ("Mozilla/5.0 (+https://scan.example/)", "scan.example", "scan.example", .otherBot),
      ("MyBot/1.0 (http://jane.roe@host.example/)", "MyBot", "host.example", .seoCrawler),
      ("MyBot/1.0 (+http://dyn-192-0-2-7.isp.example/)", "MyBot", "isp.example", .seoCrawler),
      ("<b>x</b>bot/1.0", "(unnamed)", "", .otherBot), ("12345", "(unnamed)", "", .otherBot),
      ("f3a9c1d2b8e74410bot/1.0", "(unnamed)", "", .otherBot), ("jane.doe@example.com bot", "(unnamed)", "", .otherBot),
      ("jane.doe (at) example.com crawler", "(unnamed)", "", .otherBot),
      ("crawler of jane at example", "(unnamed)", "", .otherBot),
    ] as [(String, String, String, BotClass)])
  func isAWordOfTheAgent(_ agent: String, _ name: String, _ owner: String, _ kind: BotClass) throws {
    let robot = try Self.robot(agent)
    #expect(robot == Robot(name: name, operator: owner, kind: kind))
  }

  @Test(
    arguments: [
      ("Feedly/1.0 (+http://www.feedly.com/fetcher.html; 33 subscribers; like FeedFetcher-Google)", 33, ""),
      ("Feedbin feed-id:1373711 - 142 subscribers", 142, "1373711"),
      ("NewsBlur Feed Fetcher - 1 subscriber - http://www.newsblur.com/site/1/a", 1, ""),
      ("Mozilla/5.0 (compatible; theoldreader.com; 2 subscribers; feed-id=4f2a)", 2, "4f2a"),
      ("Breaker/v315 (subscribers=7; feed-id=9; url=x)", 7, "9"),
      ("LiveJournal.com (webmaster@livejournal.com; for http://www.livejournal.com/users/x/; 5 readers)", 5, ""),
    ] as [(String, UInt32, String)])
  func aggregatorsTellTheirSubscribers(_ agent: String, _ count: UInt32, _ feed: String) throws {
    #expect(try Self.robot(agent).subscribers == Robot.Subscribers(count: count, feed: feed))
  }

  @Test(arguments: ["curl/8.14.1", "kouio.com RSS reader", "Feedbin feed-id:7", "Feedly/1.0 (99999999999 subscribers)"])
  func othersTellNone(_ agent: String) throws {
    #expect(try Self.robot(agent).subscribers == nil)
  }

  @Test(
    arguments: [
      (#"\x22https://chatgpt.com\x22"#, "ChatGPT agent", "OpenAI"),
      (#"g="https://agent.bot.goog""#, "Google-Agent", "Google"),
      (#"sig1="https://agent.example/keys";type=jwks_uri"#, "agent.example", "agent.example"),
      ("https://Bot.Example.COM", "bot.example.com", "bot.example.com"),
      (#""https://us-east-1.keydirectory.signer.us-east-1.on.aws""#, "bedrockbot", "Amazon"),
    ] as [(String, String, String)])
  func signaturesNameOperators(_ value: String, _ name: String, _ owner: String) {
    let bytes = Array(value.utf8)
    let robot = SignatureAgent.robot(bytes.span, 0..<bytes.count)
    #expect(robot == Robot(name: name, operator: owner, kind: .aiAgent))
  }

  @Test(arguments: ["", "-", "chatgpt", #""https://""#, "https://127.0.0.1/"])
  func othersSignAsNobody(_ value: String) {
    let bytes = Array(value.utf8)
    let robot = SignatureAgent.robot(bytes.span, 0..<bytes.count)
    #expect(robot == nil)
  }

  /// Every line of the directory is an entry, and its name can be found.
  @Test func theDirectoryIsRead() throws {
    let lines = PackageResources.robots_tsv.split(separator: Byte.newline)
    let entries = lines.filter { $0.first != Byte.numberSign }
    #expect(entries.count > 700)
    for line in entries {
      let text = String(decoding: line, as: UTF8.self)
      let entry = try #require(RobotDirectory.entry(line), "\(text)")
      #expect(RobotDirectory.standard.robot(named: entry.robot.name) != nil)
      #expect(entry.text.first.map { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) } ?? false, "\(text)")
    }
    let texts = entries.compactMap { RobotDirectory.entry($0)?.text }
    #expect(Set(texts).count == texts.count)
  }
}

import Testing

@testable import Acquisition

@Suite struct SourceTableTests {
  @Test(
    arguments: [
      ("google.com", "Google", .search), ("news.google.com", "Google News", .search),
      ("mail.google.com", "Gmail", .mail), ("gemini.google.com", "Gemini", .assistant),
      ("shopping.google.com", "Google Shopping", .shopping), ("docs.google.com", "Google", .search),
      ("google.de", "Google", .search), ("google.co.uk", "Google", .search), ("news.google.co.jp", "Google", .search),
      ("google.com.br", "Google", .search), ("amazon.co.jp", "Amazon", .shopping), ("ebay.fr", "eBay", .shopping),
      ("de.search.yahoo.com", "Yahoo!", .search), ("mail.yahoo.com", "Yahoo! Mail", .mail),
      ("google.example.org", "google.example.org", .other), ("notgoogle.com", "notgoogle.com", .other),
      ("google", "google", .other), ("example.com", "example.com", .other), ("t.co", "X", .social),
      ("t.me", "Telegram", .social), ("m.facebook.com", "Facebook", .social), ("l.instagram.com", "Instagram", .social),
      ("old.reddit.com", "Reddit", .social), ("news.ycombinator.com", "Hacker News", .social),
      ("ycombinator.com", "ycombinator.com", .other), ("youtu.be", "YouTube", .video),
      ("chatgpt.com", "ChatGPT", .assistant),
      ("chat.openai.com", "ChatGPT", .assistant), ("claude.ai", "Claude", .assistant),
      ("copilot.microsoft.com", "Copilot", .assistant), ("perplexity.ai", "Perplexity", .assistant),
      ("search.brave.com", "Brave", .search), ("outlook.live.com", "Outlook", .mail),
      ("com.google.android.gm", "Gmail", .mail), ("com.google.android.googlequicksearchbox", "Google", .search),
    ] as [(String, String, Source.Kind)])
  func knowsHosts(_ host: String, _ name: String, _ kind: Source.Kind) {
    #expect(SourceTable.source(ofHost: host) == Source(name: name, kind: kind))
  }

  @Test(
    arguments: [
      ("google", "Google", .search), ("GOOGLE", "Google", .search), ("fb", "Facebook", .social),
      ("ig", "Instagram", .social), ("twitter", "X", .social), ("yt", "YouTube", .video),
      ("Hacker News", "Hacker News", .social), ("hackernews", "Hacker News", .social),
      ("producthunt", "Product Hunt", .social), ("yahoo", "Yahoo!", .search), ("chatgpt.com", "ChatGPT", .assistant),
      ("www.google.co.uk", "Google", .search), ("partner.example.net", "partner.example.net", .other),
      ("Newsletter", "Newsletter", .other),
      // First words of domains that have another meaning, or that belong to three sources.
      ("mail", "mail", .other), ("web", "web", .other), ("shop", "shop", .other), ("chat", "chat", .other),
      ("t", "t", .other), ("so", "so", .other), ("meta", "meta", .other),
    ] as [(String, String, Source.Kind)])
  func knowsNamesOfCampaigns(_ named: String, _ name: String, _ kind: Source.Kind) {
    #expect(SourceTable.source(named: named) == Source(name: name, kind: kind))
  }

  /// If a domain or a name occurred twice, its source would be arbitrary.
  @Test func noDomainAndNoNameIsThereTwice() {
    var domains: [String] = []
    var names: [String] = []
    for (_, lines) in SourceList.all {
      for line in lines.split(separator: "\n") {
        let words = line.split(separator: ":", maxSplits: 1)
        names.append(words[0].lowercased().filter { $0.isLetter || $0.isNumber })
        domains += words[1].split(separator: " ").map(String.init)
      }
    }
    #expect(domains.count == Set(domains).count)
    #expect(names.count == Set(names).count)
    #expect(domains.allSatisfy { $0 == $0.lowercased() && !$0.hasPrefix("www.") && $0.contains(".") })
  }
}

import Testing

@testable import Acquisition

@Suite struct SourceTableTests {
  @Test(
    arguments: [
      ("google.com", "Google", .search), ("news.google.com", "Google News", .search),
      ("mail.google.com", "Gmail", .mail), ("gemini.google.com", "Gemini", .assistant),
      ("shopping.google.com", "Google Shopping", .shopping), ("images.google.com", "Google", .search),
      ("google.de", "Google", .search), ("google.co.uk", "Google", .search),
      ("news.google.co.jp", "Google News", .search),
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

  /// Below a known domain, each host is decided by itself.
  @Test(
    arguments: [
      "accounts.google.com", "accounts.google.de", "docs.google.com", "drive.google.com", "classroom.google.com",
      "sites.google.com", "support.google.com", "maps.google.co.uk", "cloud.google.com", "finance.yahoo.com",
      "news.yahoo.co.jp", "de.yahoo.com", "pan.baidu.com", "baike.baidu.com", "disk.yandex.ru", "news.naver.com",
      "aws.amazon.com", "developer.amazon.com", "music.amazon.de", "community.ebay.com", "cloud.mail.ru",
      "platform.openai.com", "community.openai.com", "docs.mistral.ai", "docs.perplexity.ai", "docs.github.com",
      "account.proton.me", "learn.microsoft.com", "m.docs.google.com", "mail.example.com",
    ])
  func otherHostsOfADomainAreSourcesOfTheirOwn(_ host: String) {
    #expect(SourceTable.source(ofHost: host) == Source(name: host, kind: .other))
  }

  @Test(
    arguments: [
      ("mail.google.com", "Gmail"), ("mail.google.co.uk", "Gmail"), ("mail.yahoo.com", "Yahoo! Mail"),
      ("us-mg6.mail.yahoo.com", "Yahoo! Mail"), ("mail.yahoo.co.jp", "Yahoo! Mail"), ("outlook.live.com", "Outlook"),
      ("nam02.safelinks.protection.outlook.com", "Outlook"), ("outlook.office.com", "Outlook"),
      ("outlook.cloud.microsoft", "Outlook"), ("mail.proton.me", "Proton Mail"), ("deref-gmx.net", "GMX"),
      ("bap.navigator.gmx.net", "GMX"), ("e.mail.ru", "Mail.ru"), ("mail.yandex.ru", "Yandex Mail"),
      ("mail.yandex.com.tr", "Yandex Mail"), ("wx.mail.qq.com", "QQ Mail"), ("mail.163.com", "163 Mail"),
      ("email.seznam.cz", "Seznam Email"), ("mail.naver.com", "Naver Mail"), ("mail.rambler.ru", "Rambler Mail"),
    ])
  func knowsMail(_ host: String, _ name: String) {
    #expect(SourceTable.source(ofHost: host) == Source(name: name, kind: .mail))
  }

  @Test(
    arguments: [
      ("chatgpt.com", "ChatGPT"), ("com.openai.chatgpt", "ChatGPT"), ("openai.com", "OpenAI"), ("claude.ai", "Claude"),
      ("claude.com", "Claude"), ("perplexity.ai", "Perplexity"), ("gemini.google.com", "Gemini"),
      ("notebooklm.google.com", "NotebookLM"), ("copilot.microsoft.com", "Copilot"), ("copilot.com", "Copilot"),
      ("m365.cloud.microsoft", "Copilot"), ("edgeservices.bing.com", "Copilot"), ("chat.mistral.ai", "Le Chat"),
      ("mistral.ai", "Le Chat"), ("chat.deepseek.com", "DeepSeek"), ("grok.com", "Grok"), ("x.ai", "Grok"),
      ("meta.ai", "Meta AI"), ("you.com", "You.com"), ("phind.com", "Phind"), ("poe.com", "Poe"),
      ("assistant.kagi.com", "Kagi Assistant"), ("duck.ai", "Duck.ai"), ("chat.qwen.ai", "Qwen"), ("kimi.com", "Kimi"),
      ("chat.z.ai", "GLM"), ("yiyan.baidu.com", "Ernie"), ("alice.yandex.ru", "Alice AI"), ("lumo.proton.me", "Lumo"),
    ])
  func knowsAssistants(_ host: String, _ name: String) {
    #expect(SourceTable.source(ofHost: host) == Source(name: name, kind: .assistant))
  }

  @Test(
    arguments: [
      ("bsky.app", "Bluesky"), ("go.bsky.app", "Bluesky"), ("anna.bsky.social", "Bluesky"),
      ("mastodon.social", "Mastodon"), ("chaos.social", "Mastodon"), ("l.threads.com", "Threads"),
      ("tiktok.com", "TikTok"), ("vm.tiktok.com", "TikTok"), ("lemmy.world", "Lemmy"), ("feddit.org", "Lemmy"),
      ("t.me", "Telegram"), ("webk.telegram.org", "Telegram"), ("canary.discord.com", "Discord"),
      ("wa.me", "WhatsApp"), ("web.whatsapp.com", "WhatsApp"), ("mobile.twitter.com", "X"),
      ("de.linkedin.com", "LinkedIn"),
      ("pinterest.co.uk", "Pinterest"), ("anna.tumblr.com", "Tumblr"), ("mp.weixin.qq.com", "WeChat"),
      ("tieba.baidu.com", "Tieba"), ("my.mail.ru", "My World"), ("groups.google.com", "Google Groups"),
      ("detail.chiebukuro.yahoo.co.jp", "Yahoo! Chiebukuro"), ("statics.teams.cdn.office.net", "Microsoft Teams"),
    ])
  func knowsNetworks(_ host: String, _ name: String) {
    #expect(SourceTable.source(ofHost: host) == Source(name: name, kind: .social))
  }

  @Test(
    arguments: [
      ("m.baidu.com", "Baidu", .search), ("m.search.naver.com", "Naver", .search), ("yandex.ru", "Yandex", .search),
      ("yandex.com.tr", "Yandex", .search), ("html.duckduckgo.com", "DuckDuckGo", .search),
      ("r.search.yahoo.com", "Yahoo!", .search), ("search.yahoo.co.jp", "Yahoo!", .search),
      ("yahoo.co.jp", "Yahoo!", .search), ("search.aol.co.uk", "AOL", .search),
      ("go.mail.ru", "Mail.ru Search", .search),
      ("kagi.com", "Kagi", .search), ("m.ebay.de", "eBay", .shopping), ("es.aliexpress.com", "AliExpress", .shopping),
      ("shopping.google.de", "Google Shopping", .shopping),
      ("store.shopping.yahoo.co.jp", "Yahoo! Shopping", .shopping),
      ("market.yandex.ru", "Yandex Market", .shopping), ("m.youtube.com", "YouTube", .video), ("m.me", "m.me", .other),
    ] as [(String, String, Source.Kind)])
  func knowsPhonesAndCountries(_ host: String, _ name: String, _ kind: Source.Kind) {
    #expect(SourceTable.source(ofHost: host) == Source(name: name, kind: kind))
  }

  @Test(
    arguments: [
      ("google", "Google", .search), ("GOOGLE", "Google", .search), ("fb", "Facebook", .social),
      ("ig", "Instagram", .social), ("twitter", "X", .social), ("yt", "YouTube", .video),
      ("Hacker News", "Hacker News", .social), ("hackernews", "Hacker News", .social),
      ("producthunt", "Product Hunt", .social), ("yahoo", "Yahoo!", .search), ("chatgpt.com", "ChatGPT", .assistant),
      ("openai", "OpenAI", .assistant), ("openai.com", "OpenAI", .assistant), ("copilot.com", "Copilot", .assistant),
      ("www.perplexity.ai", "Perplexity", .assistant), ("mistral", "Le Chat", .assistant),
      ("lechat", "Le Chat", .assistant), ("duckai", "Duck.ai", .assistant), ("bsky", "Bluesky", .social),
      ("bsky.app", "Bluesky", .social), ("bluesky", "Bluesky", .social), ("tiktok", "TikTok", .social),
      ("docs.google.com", "docs.google.com", .other), ("www.partner.example", "www.partner.example", .other),
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
    let hosts = domains.map { $0.hasPrefix("*.") ? $0.dropFirst(2) : $0[...] }
    #expect(hosts.count == Set(hosts).count)
    #expect(
      hosts.allSatisfy { $0 == $0.lowercased() && !$0.hasPrefix("www.") && $0.contains(".") && !$0.contains("*") })
  }
}

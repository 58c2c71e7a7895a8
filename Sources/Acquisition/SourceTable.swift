/// Names and kinds of the sources that people come from.
///
/// Compiled from the sources' own public domains. The kinds follow Google Analytics 4's source categories
/// (<https://support.google.com/analytics/answer/9756891>).
public enum SourceTable {
  /// Returns the source of a referrer's host (lower case, without `www.`).
  public static func source(ofHost host: String) -> Source {
    var rest = Substring(host)
    while !rest.isEmpty {
      if let source = byDomain[String(rest)] { return source }
      guard let dot = rest.firstIndex(of: ".") else { break }
      rest = rest[rest.index(after: dot)...]
    }
    return brandOfAnyCountry(host) ?? Source(name: host, kind: .other)
  }

  /// Returns the source that a campaign's source names, for example `google`, `fb` or `newsletter.example.com`.
  public static func source(named name: String) -> Source {
    let lower = name.lowercased()
    if let source = byName[lower] { return source }
    return lower.contains(".") ? source(ofHost: lower) : Source(name: name, kind: .other)
  }

  /// Returns the source of a brand with a domain in every country: `google.co.uk`, `amazon.de`.
  private static func brandOfAnyCountry(_ host: String) -> Source? {
    let labels = host.split(separator: ".")
    for (index, label) in labels.enumerated() {
      let after = labels.dropFirst(index + 1)
      guard (1...2).contains(after.count), after.allSatisfy({ $0.count <= 3 }) else { continue }
      if let source = brands[String(label)] { return source }
    }
    return nil
  }

  private static let brands: [String: Source] = [
    "google": Source(name: "Google", kind: .search), "yandex": Source(name: "Yandex", kind: .search),
    "yahoo": Source(name: "Yahoo!", kind: .search), "bing": Source(name: "Bing", kind: .search),
    "amazon": Source(name: "Amazon", kind: .shopping), "ebay": Source(name: "eBay", kind: .shopping),
    "etsy": Source(name: "Etsy", kind: .shopping), "pinterest": Source(name: "Pinterest", kind: .social),
  ]

  private static let byDomain: [String: Source] = {
    var table: [String: Source] = [:]
    for (kind, lines) in SourceList.all {
      for line in lines.split(separator: "\n") {
        let words = line.split(separator: ":", maxSplits: 1)
        let source = Source(name: String(words[0]), kind: kind)
        for domain in words[1].split(separator: " ") { table[String(domain)] = source }
      }
    }
    return table
  }()

  /// Names that campaigns use: the sources' own, also without spaces and punctuation (`producthunt`), and some
  /// short ones.
  ///
  /// Domains are not used as names: their first words (`mail`, `web`, `t`) mean something else in campaigns, or
  /// several sources.
  private static let byName: [String: Source] = {
    var table: [String: Source] = brands
    for source in byDomain.values {
      let name = source.name.lowercased()
      table[name] = source
      table[name.filter { $0.isLetter || $0.isNumber }] = source
    }
    for (short, domain) in ["fb": "facebook.com", "ig": "instagram.com", "twitter": "twitter.com", "yt": "youtube.com"]
    {
      table[short] = byDomain[domain]
    }
    return table
  }()
}

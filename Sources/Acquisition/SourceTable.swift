/// Names and kinds of the sources that people come from.
///
/// Compiled from the sources' own public domains. The kinds follow Google Analytics 4's source categories
/// (<https://support.google.com/analytics/answer/9756891>).
public enum SourceTable {
  /// Returns the source of a referrer's host (lower case, without `www.`).
  public static func source(ofHost host: String) -> Source {
    let phoneless = host.hasPrefix("m.") ? String(host.dropFirst(2)) : host
    return listed(host) ?? listed(phoneless) ?? asInternational(phoneless).flatMap(listed)
      ?? Source(name: host, kind: .other)
  }

  /// Returns the source that a campaign's source names, for example `google`, `fb` or `newsletter.example.com`.
  public static func source(named name: String) -> Source {
    let lower = name.lowercased()
    if let source = byName[lower] { return source }
    guard lower.contains(".") else { return Source(name: name, kind: .other) }
    let known = source(ofHost: lower.hasPrefix("www.") ? String(lower.dropFirst(4)) : lower)
    return known.kind == .other ? Source(name: lower, kind: .other) : known
  }

  /// Returns the source of a host that is listed itself, or is below a listed domain.
  private static func listed(_ host: String) -> Source? {
    if let source = hosts[host] { return source }
    var rest = Substring(host)
    while let dot = rest.firstIndex(of: ".") {
      if let source = domains[String(rest)] { return source }
      rest = rest[rest.index(after: dot)...]
    }
    return nil
  }

  /// Returns the host below `.com` that corresponds to one in a country, for brands that have a domain in each:
  /// `news.google.com` for `news.google.co.uk`.
  private static func asInternational(_ host: String) -> String? {
    let labels = host.split(separator: ".")
    for (index, label) in labels.enumerated() {
      let after = labels.dropFirst(index + 1)
      guard (1...2).contains(after.count), after.allSatisfy({ $0.count <= 3 }), brands.contains(String(label)) else {
        continue
      }
      return (labels.prefix(index + 1) + ["com"]).joined(separator: ".")
    }
    return nil
  }

  private static let brands: Set = ["google", "yandex", "yahoo", "bing", "amazon", "ebay", "etsy", "pinterest", "aol"]

  /// The sources of hosts that stand for themselves, and of domains that stand for all hosts below them as well.
  private static let (hosts, domains) = {
    var tables: (hosts: [String: Source], domains: [String: Source]) = ([:], [:])
    for (kind, lines) in SourceList.all {
      for line in lines.split(separator: "\n") {
        let words = line.split(separator: ":", maxSplits: 1)
        let source = Source(name: String(words[0]), kind: kind)
        for host in words[1].split(separator: " ") {
          if host.hasPrefix("*.") {
            tables.domains[String(host.dropFirst(2))] = source
          } else {
            tables.hosts[String(host)] = source
          }
        }
      }
    }
    return tables
  }()

  /// Names that campaigns use: the sources' own, also without spaces and punctuation (`producthunt`), and some
  /// short ones.
  ///
  /// Domains are not used as names: their first words (`mail`, `web`, `t`) mean something else in campaigns, or
  /// several sources.
  private static let byName: [String: Source] = {
    var table: [String: Source] = [:]
    for source in [hosts, domains].flatMap(\.values) {
      let name = source.name.lowercased()
      table[name] = source
      table[name.filter { $0.isLetter || $0.isNumber }] = source
    }
    for (short, host) in shortNames { table[short] = listed(host) }
    return table
  }()

  private static let shortNames = [
    "fb": "facebook.com", "ig": "instagram.com", "twitter": "x.com", "yt": "youtube.com", "bsky": "bsky.app",
    "mistral": "mistral.ai",
  ]
}

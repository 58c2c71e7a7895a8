import Foundation

/// The networks of a JSON document, as operators of robots and clouds publish them.
///
/// - Google, Bing, OpenAI, Anthropic, Perplexity, DuckDuckGo, Apple, Mistral and Common Crawl write `prefixes` with
///   `ipv4Prefix` and `ipv6Prefix`; Amazon's robot the same within an HTML page, with bare addresses; Ahrefs `ips` with
///   `ip_address`. <https://developers.google.com/search/docs/crawling-indexing/verifying-googlebot>
/// - Amazon's cloud writes `prefixes` and `ipv6_prefixes`. <https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-syntax.html>
/// - Azure writes service tags with `addressPrefixes`.
///   <https://learn.microsoft.com/azure/virtual-network/service-tags-overview>
/// - Oracle writes regions with `cidrs`. <https://docs.oracle.com/iaas/Content/General/Concepts/addressranges.htm>
struct PublishedNetworks: Decodable {
  /// Why a text is not such a document.
  struct Mistake: Error, CustomStringConvertible {
    /// What is wrong, and what to do.
    let description: String
  }

  private struct Prefix: Decodable {
    var ipv4Prefix: String?
    var ipv6Prefix: String?
    var ip_prefix: String?
    var ipv6_prefix: String?
    var ip_address: String?

    var entries: [String] { [ipv4Prefix, ipv6Prefix, ip_prefix, ipv6_prefix, ip_address].compactMap { $0 } }
  }

  private struct ServiceTag: Decodable {
    struct Properties: Decodable { var addressPrefixes: [String] }
    var properties: Properties
  }

  private struct Region: Decodable {
    struct Network: Decodable { var cidr: String }
    var cidrs: [Network]
  }

  private var prefixes: [Prefix]?
  private var ipv6_prefixes: [Prefix]?
  private var ips: [Prefix]?
  private var values: [ServiceTag]?
  private var regions: [Region]?

  /// Returns the networks of a document.
  static func networks(in text: String) throws(Mistake) -> [String] {
    guard let list = try? JSONDecoder().decode(PublishedNetworks.self, from: Data(text.utf8)) else { throw .unknown }
    if let tags = list.values { return tags.flatMap(\.properties.addressPrefixes) }
    if let regions = list.regions { return regions.flatMap { $0.cidrs.map(\.cidr) } }
    guard let prefixes = list.prefixes ?? list.ips else { throw .unknown }
    let ipv6 = list.ipv6_prefixes ?? []
    for (name, prefixes) in [("prefixes", prefixes), ("ipv6_prefixes", ipv6)] {
      guard let index = prefixes.firstIndex(where: \.entries.isEmpty) else { continue }
      throw Mistake(description: "\(name)[\(index)] has neither ipv4Prefix nor ipv6Prefix; correct the list")
    }
    return (prefixes + ipv6).flatMap(\.entries)
  }

  /// Returns the object with the networks in a page; the page itself if it has none.
  static func object(inPage page: String) -> String {
    guard let match = page.firstMatch(of: /\{[^{}]*"prefixes"\s*:\s*\[[^\]]*\][^{}]*\}/) else { return page }
    return String(match.output)
  }
}

extension PublishedNetworks.Mistake {
  fileprivate static let unknown = Self(
    description: "not a list of the form {\"prefixes\": [{\"ipv4Prefix\": …}, {\"ipv6Prefix\": …}]}; download it again")
}

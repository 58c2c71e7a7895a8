/// How a visit was won: source, channel, cleaned referrer and campaign.
public struct Acquisition: Equatable, Sendable {
  /// The name of the source; ``direct`` where there is none.
  public var source: String
  /// The kind of way.
  public var channel: Channel
  /// Host and path of the referrer; empty for direct visits and the site's own pages.
  public var referrer: String

  /// The name of the source of visits that came from nowhere we know.
  public static let direct = "Direct / None"

  /// Tells source and channel.
  ///
  /// A campaign's source wins over the referrer, a paid click's network over both.
  /// - Parameters:
  ///   - host: the referrer's host, lower case without `www.`; empty where there is none.
  ///   - path: the referrer's path.
  ///   - campaign: what the query tells.
  ///   - ownHosts: the site's own hosts, in the same form.
  public init(host: String, path: String, campaign: Campaign, ownHosts: Set<String>) {
    let isInternal = Self.isOwn(host, ownHosts)
    referrer = host.isEmpty || isInternal ? "" : host + (path == "/" ? "" : path)
    let named = campaign.source.isEmpty ? campaign.hint : campaign.source
    var medium = campaign.medium.lowercased()
    var found: Source?
    if !named.isEmpty {
      found = SourceTable.source(named: named)
    } else if let click = campaign.paidClick {
      found = Source(name: click == .google ? "Google" : "Bing", kind: .search)
    } else if !host.isEmpty, !isInternal {
      found = SourceTable.source(ofHost: host)
    }
    if medium.isEmpty, campaign.paidClick != nil { medium = "cpc" }
    source = found?.name ?? Self.direct
    channel = Channel.channel(
      Channel.Facts(source: found, medium: medium, campaign: campaign.name.lowercased()))
  }

  /// Whether a host is the site's own, also as its mobile twin `m.`.
  private static func isOwn(_ host: String, _ ownHosts: Set<String>) -> Bool {
    ownHosts.contains(host) || (host.hasPrefix("m.") && ownHosts.contains(String(host.dropFirst(2))))
  }
}

/// Where a visit came from: source, channel, and cleaned referrer.
public struct Acquisition: Equatable, Sendable {
  /// The name of the source; ``direct`` if there is none.
  public var source: String
  /// The channel.
  public var channel: Channel
  /// Host and path of the referrer; empty for direct visits and the site's own pages.
  public var referrer: String
  /// Whether the referrer is a page of the site itself.
  public var isInternal: Bool

  /// The name of the source of visits without a known source.
  public static let direct = "Direct / None"

  /// Determines source and channel.
  ///
  /// A campaign's source takes precedence over the network of a paid click, which takes precedence over the
  /// referrer. The referrer takes precedence over an id that also appears on plain links, because such ids stay in
  /// addresses that are copied.
  /// - Parameters:
  ///   - host: the referrer's host, lower case without `www.`; empty if there is none.
  ///   - path: the referrer's path.
  ///   - campaign: the campaign of the query.
  ///   - isOwn: returns whether a host in this form is the site's own. Its mobile twin with `m.` is then, too.
  public init(host: String, path: String, campaign: Campaign, isOwn: (String) -> Bool) {
    isInternal = isOwn(host) || (host.hasPrefix("m.") && isOwn(String(host.dropFirst(2))))
    referrer = host.isEmpty || isInternal ? "" : host + (path == "/" ? "" : path)
    let found = Self.source(isInternal ? "" : host, campaign)
    source = found?.name ?? Self.direct
    channel = Channel.channel(
      Channel.Facts(
        source: found, medium: Self.medium(campaign), campaign: campaign.name.lowercased()))
  }

  private static func source(_ host: String, _ campaign: Campaign) -> Source? {
    let named = campaign.source.isEmpty ? campaign.hint : campaign.source
    if !named.isEmpty { return SourceTable.source(named: named) }
    if let click = campaign.click, click.isPaid || host.isEmpty { return click.source }
    return host.isEmpty ? nil : SourceTable.source(ofHost: host)
  }

  /// Returns `utm_medium`, or `cpc` for a paid click.
  private static func medium(_ campaign: Campaign) -> String {
    guard campaign.medium.isEmpty, let click = campaign.click, click.isPaid else { return campaign.medium.lowercased() }
    return "cpc"
  }
}

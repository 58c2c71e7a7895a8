/// Ids that networks add to the addresses they send people to. Only the presence of an id is ever used.
///
/// Sources of the names: the networks' own documentation of automatic tagging. Paid ids appear only on clicks on
/// adverts. The others appear on plain links as well, and stay in addresses that are copied.
public enum ClickID: CaseIterable, Sendable {
  /// Google Ads: `gclid`, `gbraid`, `wbraid`.
  case google
  /// Microsoft Advertising: `msclkid`.
  case microsoft
  /// Yandex Direct: `yclid`.
  case yandex
  /// TikTok Ads: `ttclid`.
  case tiktok
  /// X Ads: `twclid`.
  case x
  /// LinkedIn Ads: `li_fat_id`.
  case linkedin
  /// Reddit Ads: `rdt_cid`.
  case reddit
  /// Facebook and Instagram, on every link: `fbclid`.
  case meta
  /// Instagram, on links that people share: `igshid`, `igsh`.
  case instagram
  /// Google's free listings of products: `srsltid`.
  case googleListing

  /// Whether it appears only on clicks on adverts.
  public var isPaid: Bool {
    switch self {
    case .meta, .instagram, .googleListing: false
    default: true
    }
  }

  /// The source that the id stands for.
  var source: Source { SourceTable.source(ofHost: host) }

  private var host: String {
    switch self {
    case .google, .googleListing: "google.com"
    case .microsoft: "bing.com"
    case .yandex: "yandex.com"
    case .tiktok: "tiktok.com"
    case .x: "x.com"
    case .linkedin: "linkedin.com"
    case .reddit: "reddit.com"
    case .meta: "facebook.com"
    case .instagram: "instagram.com"
    }
  }

  /// The names of the parameters, in lower case.
  public static let names: [String: ClickID] = [
    "gclid": .google, "gbraid": .google, "wbraid": .google, "msclkid": .microsoft, "yclid": .yandex, "ttclid": .tiktok,
    "twclid": .x, "li_fat_id": .linkedin, "rdt_cid": .reddit, "fbclid": .meta, "igshid": .instagram,
    "igsh": .instagram, "srsltid": .googleListing,
  ]
}

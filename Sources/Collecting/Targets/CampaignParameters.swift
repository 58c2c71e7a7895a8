/// The parameters of a query that name a campaign, by the field that they fill.
///
/// Source: the names of Google Analytics (`utm_`), and those of Matomo: README of plugin-MarketingCampaignsReporting for
/// versions 4 and 1, and <https://matomo.org/faq/how-to/faq_120>. Its numbers of campaigns (`mtm_cid`), groups and placements have
/// no field here.
public enum CampaignParameters {
  private static let names: [(CollectRequest.Field, [String])] = [
    (.utmSource, ["utm_source", "mtm_source", "pk_source"]),
    (.utmMedium, ["utm_medium", "mtm_medium", "pk_medium"]),
    (
      .utmCampaign,
      ["utm_campaign", "mtm_campaign", "matomo_campaign", "pk_campaign", "pk_cpn", "piwik_campaign"]
    ),
    (.utmContent, ["utm_content", "mtm_content", "pk_content"]),
    (
      .utmTerm, ["utm_term", "mtm_kwd", "mtm_keyword", "pk_kwd", "pk_keyword", "piwik_kwd", "piwik_keyword"]
    ),
  ]

  /// The names in small letters, as bytes, because they are compared with the parameters of many pages.
  private static let fields: [(name: [UInt8], field: CollectRequest.Field)] = names.flatMap { field, names in
    names.map { (Array($0.utf8), field) }
  }

  /// Returns the field that a parameter fills; nil if it names no campaign. Case does not matter.
  public static func field(_ bytes: Span<UInt8>, _ name: Range<Int>) -> CollectRequest.Field? {
    for entry in fields where entry.name.count == name.count && isSame(bytes, name, entry.name) { return entry.field }
    return nil
  }

  /// Whether a text equals a name in small letters, as long, ignoring case.
  public static func isSame(_ bytes: Span<UInt8>, _ range: Range<Int>, _ lower: [UInt8]) -> Bool {
    for index in lower.indices {
      let byte = bytes[range.lowerBound + index]
      guard (byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) == lower[index] else { return false }
    }
    return true
  }
}

import Acquisition
import ByteScanning
import Collecting

/// Reads a campaign from a request's own fields and from the query of its url.
enum CampaignReader {
  private enum Meaning {
    case source, medium, name, content, term, hint, google, microsoft
  }

  private static let meanings: [String: Meaning] = [
    "utm_source": .source, "utm_medium": .medium, "utm_campaign": .name, "utm_content": .content,
    "utm_term": .term, "ref": .hint, "source": .hint, "gclid": .google, "gbraid": .google, "wbraid": .google,
    "msclkid": .microsoft,
  ]

  /// Whether a query could tell of a campaign: a parameter starts with a letter that one of the known names starts with.
  ///
  /// It saves the cache from every search query and page number a site has.
  static func mayTell(_ bytes: Span<UInt8>, _ query: Range<Int>) -> Bool {
    var parameters = QueryParameters(query)
    while let pair = parameters.next(in: bytes) {
      if meaning(bytes, pair.name) != nil { return true }
    }
    return false
  }

  /// The campaign: the request's own utm fields first, then the first of each name in the query.
  static func campaign(of request: borrowing CollectRequest, _ query: Range<Int>) -> Campaign {
    var campaign = Campaign()
    campaign.source = text(request, .utmSource)
    campaign.medium = text(request, .utmMedium)
    campaign.name = text(request, .utmCampaign)
    campaign.content = text(request, .utmContent)
    campaign.term = text(request, .utmTerm)
    let bytes = request.bytes.span
    var parameters = QueryParameters(query)
    while let pair = parameters.next(in: bytes) {
      guard let meaning = meaning(bytes, pair.name) else { continue }
      var value: [UInt8] = []
      QueryParameters.appendDecoded(bytes, pair.value, to: &value)
      put(String(decoding: value, as: UTF8.self), meaning, into: &campaign)
    }
    return campaign
  }

  private static func put(_ value: String, _ meaning: Meaning, into campaign: inout Campaign) {
    func fill(_ field: WritableKeyPath<Campaign, String>) {
      if campaign[keyPath: field].isEmpty { campaign[keyPath: field] = value }
    }
    switch meaning {
    case .source: fill(\.source)
    case .medium: fill(\.medium)
    case .name: fill(\.name)
    case .content: fill(\.content)
    case .term: fill(\.term)
    case .hint: fill(\.hint)
    case .google: campaign.paidClick = .google
    case .microsoft: campaign.paidClick = .microsoft
    }
  }

  private static func meaning(_ bytes: Span<UInt8>, _ name: Range<Int>) -> Meaning? {
    guard let first = name.first, name.count >= 3, name.count <= 12 else { return nil }
    switch bytes[first] | 0x20 {
    case 0x75, 0x72, 0x73, 0x67, 0x77, 0x6D: break
    default: return nil
    }
    var text: [UInt8] = []
    for index in name {
      let byte = bytes[index]
      text.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    return meanings[String(decoding: text, as: UTF8.self)]
  }

  private static func text(_ request: borrowing CollectRequest, _ field: CollectRequest.Field) -> String {
    String(decoding: request.bytes[request[field]], as: UTF8.self)
  }
}

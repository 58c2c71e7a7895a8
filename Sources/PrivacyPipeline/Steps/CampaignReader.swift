import Acquisition
import ByteScanning
import Collecting

/// Reads a campaign from a request's own fields and from the query of its URL.
enum CampaignReader {
  private enum Meaning {
    case field(CollectRequest.Field)
    case hint
    case click(ClickID)
  }

  /// The names of further parameters as lower-case bytes, because they are compared with every parameter of every page.
  private static let meanings: [(name: [UInt8], meaning: Meaning)] =
    ([("ref", .hint), ("source", .hint)]
    + ClickID.names.sorted { $0.key < $1.key }.map { ($0.key, Meaning.click($0.value)) }).map {
      (Array($0.0.utf8), $0.1)
    }

  /// Whether a query may contain a campaign, because one of its parameters has a known name.
  ///
  /// This keeps a site's search queries and page numbers out of the cache.
  static func mayTell(_ bytes: Span<UInt8>, _ query: Range<Int>) -> Bool {
    var parameters = QueryParameters(query)
    while let pair = parameters.next(in: bytes) {
      if meaning(bytes, pair.name) != nil { return true }
    }
    return false
  }

  /// Returns the campaign: the request's own utm fields first, then the first parameter of each name in the query.
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
    case .field(.utmSource): fill(\.source)
    case .field(.utmMedium): fill(\.medium)
    case .field(.utmCampaign): fill(\.name)
    case .field(.utmContent): fill(\.content)
    case .field(.utmTerm): fill(\.term)
    case .field: break
    case .hint: fill(\.hint)
    case .click(let id): if campaign.click?.isPaid != true { campaign.click = id.isPaid ? id : campaign.click ?? id }
    }
  }

  private static func meaning(_ bytes: Span<UInt8>, _ name: Range<Int>) -> Meaning? {
    if let field = CampaignParameters.field(bytes, name) { return .field(field) }
    for entry in meanings
    where entry.name.count == name.count && CampaignParameters.isSame(bytes, name, entry.name) {
      return entry.meaning
    }
    return nil
  }

  private static func text(_ request: borrowing CollectRequest, _ field: CollectRequest.Field) -> String {
    String(decoding: request.bytes[request[field]], as: UTF8.self)
  }
}

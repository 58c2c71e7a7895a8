import Acquisition
import ByteScanning
import Collecting
import Hits

/// Adds source, channel, referrer without its query, and the campaign's values.
struct PutSource: Step {
  private var ownHosts: [HostTable] = []
  private static let limit = 32_768

  private let secret = SecretHash()
  /// The sources seen, by a keyed hash of everything they depend on; ``numbers`` has the number of each in ``texts``, and
  /// whether the referrer is a page of the site itself.
  private var known = HashTable()
  private var numbers: [(text: UInt32, isInternal: Bool)] = []
  private var texts = BatchTexts(limit: PutSource.limit)

  init(sites: [SiteProfile]) {
    for site in sites { add(site) }
  }

  /// Adds a site that was created in the meantime.
  mutating func add(_ site: SiteProfile) {
    var own = HostTable()
    own.add(site.hosts, of: 0)
    ownHosts.append(own)
  }

  /// Starts a batch and empties the caches if they are full.
  mutating func startBatch() {
    guard numbers.count >= Self.limit else { return }
    known.removeAll()
    numbers.removeAll(keepingCapacity: true)
    texts.removeAll()
  }

  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    let query = draft.target.query
    let number = known.number(of: key(of: request, draft.site, query))
    if number == numbers.count {
      let (parts, isInternal) = Self.parts(request, query, ownHosts[draft.site])
      numbers.append((texts.number(of: parts), isInternal))
    }
    draft.acquisition = texts.symbol(of: numbers[number].text, in: &batch.acquisitions, batch: caches.batch)
    if numbers[number].isInternal { draft.traits.insert(.ownReferrer) }
    return .keep
  }

  /// Returns the hash of everything the acquisition depends on: site, referrer, campaign fields, and the query if
  /// it can matter.
  private func key(of request: borrowing CollectRequest, _ site: Int, _ query: Range<Int>) -> UInt64 {
    let bytes = request.bytes.span
    let telling = CampaignReader.mayTell(bytes, query) ? query : query.lowerBound..<query.lowerBound
    var key = secret.hash(UInt64(truncatingIfNeeded: site), bytes, request[.referrer], telling)
    // Lines of logs do not have these fields.
    let isBare =
      request[.utmSource].isEmpty && request[.utmMedium].isEmpty && request[.utmCampaign].isEmpty
      && request[.utmContent].isEmpty && request[.utmTerm].isEmpty
    if isBare { return key }
    for field in [CollectRequest.Field.utmSource, .utmMedium, .utmCampaign, .utmContent, .utmTerm] {
      key = secret.hash(key, bytes, request[field])
    }
    return key
  }

  private static func parts(
    _ request: borrowing CollectRequest, _ query: Range<Int>, _ ownHosts: HostTable
  ) -> (texts: [String], isInternal: Bool) {
    let bytes = request.bytes.span
    let campaign = CampaignReader.campaign(of: request, query)
    let parts = RequestTarget.parts(of: bytes, request[.referrer])
    var path: [UInt8] = []
    if !Pathname.append(bytes, parts.path, to: &path) { path.append(Byte.slash) }
    let acquisition = Acquisition(
      host: HostName.canonical(bytes, parts.host), path: String(decoding: path, as: UTF8.self), campaign: campaign
    ) { ownHosts.site(of: $0) != nil }
    let texts = [
      acquisition.source, acquisition.channel.rawValue, acquisition.referrer, campaign.source, campaign.medium,
      campaign.name, campaign.content, campaign.term,
    ]
    return (texts, acquisition.isInternal)
  }
}

import Acquisition
import ByteScanning
import Collecting
import Hits

/// Puts source, channel, referrer without its query, and the campaign's values.
struct PutSource: Step {
  private var ownHosts: [HostTable] = []
  private var cache = ByteCache<BatchText>(limit: 32_768)
  private var key: [UInt8] = []

  init(sites: [SiteProfile]) {
    for site in sites { add(site) }
  }

  /// Takes in a site that was made meanwhile.
  mutating func add(_ site: SiteProfile) {
    var own = HostTable()
    own.add(site.hosts, of: 0)
    ownHosts.append(own)
  }

  /// Starts a batch and forgets what has grown to its bound.
  mutating func startBatch() {
    if cache.isFull { cache.removeAll() }
  }

  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with memory: inout Memory,
    in batch: inout HitBatch
  ) -> Verdict {
    let query = RequestTarget.parts(of: request.bytes.span, request[.url]).query
    makeKey(request, draft.site, query)
    let key = self.key
    let index = cache.index(of: key.span, 0..<key.count)
    if cache.isNew(index) { cache.add(Self.text(request, query, ownHosts[draft.site])) }
    draft.acquisition = cache[index].symbol(in: &batch.acquisitions, batch: memory.batch)
    return .keep
  }

  /// Everything the acquisition hangs on: site, referrer, campaign fields, and the query only if it can matter.
  private mutating func makeKey(_ request: borrowing CollectRequest, _ site: Int, _ query: Range<Int>) {
    key.removeAll(keepingCapacity: true)
    key.append(UInt8(truncatingIfNeeded: site))
    key.append(UInt8(truncatingIfNeeded: site >> 8))
    let bytes = request.bytes.span
    for field in Self.keyFields {
      ByteCopy.append(bytes, request[field], to: &key)
      key.append(0)
    }
    if CampaignReader.mayTell(bytes, query) {
      ByteCopy.append(bytes, query, to: &key)
    }
  }

  private static let keyFields: [CollectRequest.Field] = [
    .referrer, .utmSource, .utmMedium, .utmCampaign, .utmContent, .utmTerm,
  ]

  private static func text(
    _ request: borrowing CollectRequest, _ query: Range<Int>, _ ownHosts: HostTable
  ) -> BatchText {
    let bytes = request.bytes.span
    let campaign = CampaignReader.campaign(of: request, query)
    let parts = RequestTarget.parts(of: bytes, request[.referrer])
    var path: [UInt8] = []
    if !Pathname.append(bytes, parts.path, to: &path) { path.append(Byte.slash) }
    let acquisition = Acquisition(
      host: HostName.canonical(bytes, parts.host), path: String(decoding: path, as: UTF8.self), campaign: campaign
    ) { ownHosts.site(of: $0) != nil }
    return BatchText([
      acquisition.source, acquisition.channel.rawValue, acquisition.referrer, campaign.source, campaign.medium,
      campaign.name, campaign.content, campaign.term,
    ])
  }
}

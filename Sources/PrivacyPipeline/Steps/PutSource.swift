import Acquisition
import ByteScanning
import Collecting
import Hits
import PageNames
import Redaction

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

  /// Returns what tells whether a host in canonical form is a site's own.
  func isHost(ofSite site: Int) -> (String) -> Bool {
    let hosts = ownHosts[site]
    return { hosts.site(of: $0) != nil }
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
      let redactor = caches.pages.namer(ofSite: draft.site).redactor
      let (parts, isInternal) = Self.parts(request, query, ownHosts[draft.site], redactor)
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
    _ request: borrowing CollectRequest, _ query: Range<Int>, _ ownHosts: HostTable, _ redactor: Redactor
  ) -> (texts: [String], isInternal: Bool) {
    let bytes = request.bytes.span
    var campaign = CampaignReader.campaign(of: request, query)
    campaign.redact(by: redactor)
    let parts = RequestTarget.parts(of: bytes, request[.referrer])
    var path: [UInt8] = []
    if !Pathname.append(bytes, parts.path, to: &path) { path.append(Byte.slash) }
    _ = redactor.redactPath(&path, from: 0)
    let acquisition = Acquisition(
      host: host(bytes, request[.referrer], ownHosts, redactor), path: String(decoding: path, as: UTF8.self),
      campaign: campaign
    ) { ownHosts.site(of: $0) != nil }
    let texts = [
      acquisition.source, acquisition.channel.rawValue, acquisition.referrer, campaign.source, campaign.medium,
      campaign.name, campaign.content, campaign.term,
    ]
    return (texts, acquisition.isInternal)
  }

  /// Returns the referrer's host; `:ip` instead of an address, unless it is the site's own.
  private static func host(
    _ bytes: Span<UInt8>, _ referrer: Range<Int>, _ ownHosts: HostTable, _ redactor: Redactor
  ) -> String {
    let host = HostName.ofReferrer(bytes, referrer)
    return ownHosts.site(of: host) == nil ? redactor.host(host) : host
  }
}

extension Campaign {
  /// Redacts the values.
  fileprivate mutating func redact(by redactor: Redactor) {
    for field in [\Campaign.source, \.medium, \.name, \.content, \.term, \.hint] where !self[keyPath: field].isEmpty {
      self[keyPath: field] = redactor.value(self[keyPath: field])
    }
  }
}

import Collecting
import Hits

/// Finds the site of a request and the local day it falls on. Drops requests of sealed days.
struct FindSite: Step {
  var sites: SiteDirectory
  /// The site of the current request, if it is already known.
  var known: Int?

  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) throws -> Verdict {
    guard let site = try known ?? site(of: request) else { return .drop(.unknownSite) }
    draft.site = site
    draft.moment = sites.moment(ofSite: site, at: request.timestamp)
    return draft.moment.isSealed ? .drop(.late) : .keep
  }

  private mutating func site(of request: borrowing CollectRequest) throws -> Int? {
    if let only = sites.onlySite { return only }
    let id = request[.trackingID]
    guard !id.isEmpty else { return try sites.site(ofHost: request.bytes.span, request[.host]) }
    return sites.site(ofTrackingID: request.bytes.span, id)
  }
}

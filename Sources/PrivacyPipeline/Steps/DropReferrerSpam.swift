import Acquisition
import ByteScanning
import Collecting
import Hits

/// Drops requests whose referrer is a known spammer, if there is a list of spammers.
struct DropReferrerSpam: Step {
  private let list: ReferrerSpam?
  private var cache = ByteCache<Bool>(limit: 32_768)

  init(list: ReferrerSpam?) {
    self.list = list
  }

  /// Starts a batch and empties the cache if it is full.
  mutating func startBatch() {
    if cache.isFull { cache.removeAll() }
  }

  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    guard let list else { return .keep }
    let bytes = request.bytes.span
    let host = RequestTarget.parts(of: bytes, request[.referrer]).host
    if host.isEmpty { return .keep }
    let index = cache.index(of: bytes, host)
    if cache.isNew(index) { cache.add(list.contains(HostName.canonical(bytes, host))) }
    return cache[index] ? .drop(.referrerSpam) : .keep
  }
}

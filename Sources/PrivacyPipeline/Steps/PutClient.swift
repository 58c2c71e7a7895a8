import Collecting
import Hits

/// Replaces the user agent by browser, system and device.
struct PutClient: Step {
  func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    draft.client = caches.agents.texts.symbol(of: draft.knownClient, in: &batch.clients, batch: caches.batch)
    return .keep
  }
}

import Collecting
import Hits

/// Replaces the user agent by browser, system and device.
struct PutClient: Step {
  func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with memory: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    draft.client = memory.agents.texts.symbol(of: draft.knownClient, in: &batch.clients, batch: memory.batch)
    return .keep
  }
}

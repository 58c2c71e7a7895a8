import Collecting
import Hits

/// Drops requests of browsers that ask not to be tracked (`DNT: 1`, `Sec-GPC: 1`), if the log contains these headers.
struct OptOut: Step {
  let isHonoured: Bool

  func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    isHonoured && request.asksNotToBeTracked ? .drop(.optedOut) : .keep
  }
}

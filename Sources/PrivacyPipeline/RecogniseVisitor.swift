import Collecting
import Hits

/// Finds what is known of the pair of address and agent; the steps after it fill in what is not.
struct RecogniseVisitor: Step {
  func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with memory: inout Memory,
    in batch: inout HitBatch
  ) -> Verdict {
    draft.known = memory.visitors.index(of: request, draft)
    return .keep
  }
}

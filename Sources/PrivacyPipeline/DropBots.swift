import Collecting
import Hits

/// Ends requests whose user agent is a robot's.
struct DropBots: Step {
  func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with memory: inout Memory,
    in batch: inout HitBatch
  ) -> Verdict {
    draft.agent = memory.agents.index(of: request)
    return memory.agents[draft.agent].bot == nil ? .keep : .drop(.botUserAgent)
  }
}

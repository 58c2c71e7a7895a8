import Collecting
import Hits

/// Drops requests whose user agent is a robot's.
struct DropBots: Step {
  func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    switch caches.agents.entry(for: request) {
    case .robot(let kind):
      draft.robot = kind
      return .drop(.botUserAgent)
    case .person(let client):
      draft.knownClient = client
      return .keep
    }
  }
}

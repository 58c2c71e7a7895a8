import Collecting
import Hits

/// Drops requests that break the collect API's rules.
struct Validate: Step {
  func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    switch Validation.failure(of: request, draft.target) {
    case nil: .keep
    case .url: .drop(.invalidURL)
    case .pathname: .drop(.invalidPathname)
    case .name: .drop(.invalidName)
    case .props: .drop(.invalidProps)
    }
  }
}

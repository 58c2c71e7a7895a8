import ByteScanning
import Collecting
import Hits

/// Keeps the normalised pathname and removes scheme, host, query and fragment.
struct StripQuery: Step {
  private var scratch: [UInt8] = []

  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    let bytes = request.bytes.span
    let given = request[.pathname]
    let path = given.isEmpty ? draft.target.path : RequestTarget.parts(of: bytes, given).path
    scratch.removeAll(keepingCapacity: true)
    if !Pathname.append(bytes, path, to: &scratch) { scratch.append(Byte.slash) }
    draft.page = batch.pages.intern(scratch.span, 0..<scratch.count)
    return .keep
  }
}

import ByteScanning
import Collecting
import Hits

/// Adds the name and the properties of an event.
struct PutEvent: Step {
  private var scratch: [UInt8] = []

  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    guard request.kind == .event else { return .keep }
    let bytes = request.bytes.span
    scratch.removeAll(keepingCapacity: true)
    for index in request[.name] { scratch.append(bytes[index]) }
    guard EventProperties.append(bytes, request[.props], separator: HitBatch.separator, to: &scratch) else {
      return .drop(.invalidProps)
    }
    draft.event = batch.events.intern(scratch.span, 0..<scratch.count)
    return .keep
  }
}

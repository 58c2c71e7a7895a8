import ByteScanning
import Collecting
import Hits
import PageNames
import Redaction

/// Adds the name and the properties of an event.
struct PutEvent: Step {
  private var scratch: [UInt8] = []
  private var redacted: [UInt8] = []

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
    redact(by: caches.pages.namer(ofSite: draft.site).redactor)
    draft.event = batch.events.intern(scratch.span, 0..<scratch.count)
    return .keep
  }

  /// Redacts name and properties, each by itself.
  private mutating func redact(by redactor: Redactor) {
    guard redactor.level != .off else { return }
    redacted.removeAll(keepingCapacity: true)
    for (number, part) in scratch.split(separator: HitBatch.separator, omittingEmptySubsequences: false).enumerated() {
      if number > 0 { redacted.append(HitBatch.separator) }
      let start = redacted.count
      redacted += part
      _ = redactor.redactValue(&redacted, from: start)
    }
    swap(&scratch, &redacted)
  }
}

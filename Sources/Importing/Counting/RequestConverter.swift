import Collecting
import Hits

/// Writes the requests that lines become as the bodies of collect requests, in place of counting them.
///
/// A class, because who converts keeps hold of it while lines are read, as with ``StageTrace``.
final class RequestConverter {
  private var writer = CollectBodyWriter()

  /// Takes the bodies written since it was last asked, a line each.
  func takeBodies() -> [UInt8] { writer.takeLines() }

  /// Writes a request, unless it would end in the first steps of the pipeline wherever it is sent.
  ///
  /// - Returns: how it ended here.
  func take(_ request: borrowing CollectRequest, of site: SiteProfile) -> Outcome {
    if Validation.failure(of: request) != nil { return .invalidURL }
    if request.asksNotToBeTracked { return .optedOut }
    if request.kind == .notFound { return .status }
    writer.write(request, host: site.host, trackingID: site.trackingID)
    return request.kind == .event ? .event : .pageview
  }
}

import Collecting
import Hits
import PageNames

/// Writes the requests that lines become as collect request bodies, instead of counting them.
///
/// A class, because its user keeps a reference while lines are read, as with ``StageTrace``.
final class RequestConverter {
  private var writer = CollectBodyWriter()
  private var page: [UInt8] = []

  /// Returns the bodies written since the last call, one per line.
  func takeBodies() -> [UInt8] { writer.takeLines() }

  /// Writes a request, unless the pipeline would reject it in its first steps wherever it is sent.
  ///
  /// - Returns: its outcome here.
  func take(_ request: borrowing CollectRequest, of site: SiteProfile, pages: PageNamer) -> Outcome {
    if Validation.failure(of: request) != nil { return .invalidURL }
    if request.asksNotToBeTracked { return .optedOut }
    if request.kind == .notFound { return .status }
    var pages = pages
    page.removeAll(keepingCapacity: true)
    let bytes = request.bytes.span
    let target = RequestTarget.parts(of: bytes, request[.url])
    pages.append(bytes.extracting(target.path), query: bytes.extracting(target.query), to: &page)
    writer.write(request, pathname: page, host: site.host, trackingID: site.trackingID)
    return request.kind == .event ? .event : .pageview
  }
}

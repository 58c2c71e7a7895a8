import ByteScanning
import Collecting
import Hits
import PageNames

/// Adds the page: its pathname without scheme, host, query and fragment, under the name that the site's rules give it, and
/// redacted.
struct PutPage: Step {
  private var path: [UInt8] = []

  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    let query = Self.read(request, draft.target, into: &path)
    if path.isEmpty { path.append(Byte.slash) }
    if PicturePaths.endsLikePage(path.span) { draft.traits.insert(.endsLikePage) }
    draft.page = caches.page(
      path.span, query: request.bytes.span.extracting(query), ofSite: draft.site, in: &batch)
    return .keep
  }

  /// How the page of a request got its name, in words.
  mutating func explanation(
    _ request: borrowing CollectRequest, _ draft: Draft, _ pages: PageCache
  ) -> String {
    let query = Self.read(request, draft.target, into: &path)
    var namer = pages.namer(ofSite: draft.site)
    var name: [UInt8] = []
    let changes = namer.append(path.span, query: request.bytes.span.extracting(query), to: &name)
    return changes.causes(in: namer.naming).joined(separator: ", ")
  }

  /// Reads the normalised path of a request into `path`, which stays empty if there is none.
  ///
  /// - Returns: the range of the query within the request.
  static func read(
    _ request: borrowing CollectRequest, _ target: RequestTarget.Parts, into path: inout [UInt8]
  ) -> Range<Int> {
    let bytes = request.bytes.span
    let given = request[.pathname]
    let parts = given.isEmpty ? target : RequestTarget.parts(of: bytes, given)
    path.removeAll(keepingCapacity: true)
    _ = Pathname.append(bytes, parts.path, to: &path)
    // A pathname from the collect API rarely has a query; its URL has it.
    return parts.query.isEmpty ? target.query : parts.query
  }
}

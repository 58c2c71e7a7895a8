import ByteScanning
import Collecting
import Hits
import PageNames

/// Adds the page: its pathname without scheme, host, query and fragment, under the name that the site's rules give it, and
/// redacted.
struct PutPage: Step {
  func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    let parts = Self.parts(of: request, draft.target)
    let query = request.bytes.span.extracting(parts.query)
    let found =
      if Self.isPath(request, parts.path) {
        caches.page(request.bytes.span, parts.path, query: query, ofSite: draft.site, in: &batch)
      } else {
        caches.page(Self.root.span, 0..<1, query: query, ofSite: draft.site, in: &batch)
      }
    if found.path.endsLikePage { draft.traits.insert(.endsLikePage) }
    draft.page = found.symbol
    return .keep
  }

  /// How the page of a request got its name, in words.
  func explanation(_ request: borrowing CollectRequest, _ draft: Draft, _ pages: PageCache) -> String {
    let parts = Self.parts(of: request, draft.target)
    var (path, name): ([UInt8], [UInt8]) = ([], [])
    _ = Pathname.append(request.bytes.span, parts.path, to: &path)
    var namer = pages.namer(ofSite: draft.site)
    let changes = namer.append(path.span, query: request.bytes.span.extracting(parts.query), to: &name)
    return changes.causes(in: namer.naming).joined(separator: ", ")
  }

  /// Where the path and the query of a request are, from its pathname or else from its url.
  static func parts(
    of request: borrowing CollectRequest, _ target: RequestTarget.Parts
  ) -> (path: Range<Int>, query: Range<Int>) {
    let given = request[.pathname]
    if given.isEmpty { return (target.path, target.query) }
    let parts = RequestTarget.parts(of: request.bytes.span, given)
    // A pathname from the collect API rarely has a query; its URL has it.
    return (parts.path, parts.query.isEmpty ? target.query : parts.query)
  }

  /// Whether something is a path: `OPTIONS *` has none.
  static func isPath(_ request: borrowing CollectRequest, _ range: Range<Int>) -> Bool {
    !range.isEmpty && request.bytes[range.lowerBound] == Byte.slash
  }

  private static let root = [Byte.slash]
}

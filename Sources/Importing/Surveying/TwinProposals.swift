import LineRules
import PageNames
import Redaction

/// Finds settings that would join pages whose names differ in a slash at the end, an index name or capital letters.
struct TwinProposals {
  private(set) var proposals: [PathSurvey.Proposal] = []

  /// - Parameter pages: the names of pages, and the number of their requests.
  init(_ pages: [(name: String, requests: Int)]) {
    var slashes = NamingTexts()
    (slashes.slashes, slashes.indexes, slashes.redaction) = (.merge, .keep, .off)
    propose("path-slash", "merge", slashes, pages) { $0.slashes }
    var indexes = slashes
    indexes.indexes = .merge
    propose("path-index", "merge", indexes, pages) { $0.index }
    var letters = slashes
    (letters.slashes, letters.letterCase) = (.keep, .fold)
    propose("path-case", "fold", letters, pages) { $0.letterCase }
  }

  /// - Parameter isTwin: whether a page with these changes has a name that the setting would join with another.
  private mutating func propose(
    _ flag: String, _ value: String, _ texts: NamingTexts, _ pages: [(name: String, requests: Int)],
    _ isTwin: (NameChanges) -> Bool
  ) {
    // Settings without rules are always valid.
    guard let naming = try? PageNaming(texts) else { return }
    var namer = PageNamer(naming)
    var groups: [[UInt8]: (pages: Int, requests: Int, hasTwin: Bool)] = [:]
    for page in pages where page.name.hasPrefix("/") && !page.name.contains("?") {
      let bytes = Array(page.name.utf8)
      var name: [UInt8] = []
      let changes = namer.append(bytes.span, query: Span(), to: &name)
      var group = groups[name] ?? (0, 0, false)
      group = (group.pages + 1, group.requests + page.requests, group.hasTwin || isTwin(changes))
      groups[name] = group
    }
    let joined = groups.values.filter { $0.pages > 1 && $0.hasTwin }
    guard !joined.isEmpty else { return }
    proposals.append(
      PathSurvey.Proposal(
        flag: flag, value: value, before: joined.reduce(0) { $0 + $1.pages }, after: joined.count,
        requests: joined.reduce(0) { $0 + $1.requests }))
  }
}

import Redaction

/// Makes texts of other programs fit to be stored: without queries, names of users and what redaction finds.
struct PeerTexts {
  private let redactor: Redactor

  init(_ redactor: Redactor) { self.redactor = redactor }

  /// Returns a pathname without its query, fragment and session id.
  func page(_ text: String) -> String {
    let path = text.prefix { $0 != "?" && $0 != "#" }
    let parts = path.split(separator: ";jsessionid", maxSplits: 1, omittingEmptySubsequences: false)
    return clean(String(parts.first ?? ""))
  }

  /// Returns host and path of a referrer, as our own reports show it, without scheme, user, query and fragment. A name
  /// that is no address, such as `Google`, stays.
  func referrer(_ text: String) -> String {
    var rest = text[...]
    if let scheme = rest.range(of: "://") { rest = rest[scheme.upperBound...] }
    rest = rest.prefix { $0 != "?" && $0 != "#" }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    var host = rest[..<slash]
    if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
    return redactor.host(String(host)) + clean(String(rest[slash...]))
  }

  /// Returns a text that is neither a path nor an address.
  func value(_ text: String) -> String { redactor.value(text) }

  private func clean(_ path: String) -> String {
    path.utf8.allSatisfy { $0 < 0x80 } ? redactor.path(path) : redactor.value(path)
  }
}

extension Substring {
  /// Returns the place of a text; nil if it does not occur.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}

import Redaction

/// Makes texts of other programs fit to be stored: without queries, names of users and what redaction finds.
struct PeerTexts {
  private let redactor: Redactor

  init(_ redactor: Redactor) { self.redactor = redactor }

  /// Returns a pathname without its query, fragment and session id.
  func page(_ text: String) -> String {
    let end = Self.queryStart(text[...])
    let path = text[..<end]
    if let semicolon = path.utf8.firstIndex(of: UInt8(ascii: ";")), path[semicolon...].hasPrefix(";jsessionid") {
      return clean(path[..<semicolon])
    }
    return clean(path)
  }

  /// Returns host and path of a referrer, as our own reports show it, without scheme, user, query and fragment. A name
  /// that is no address, such as `Google`, stays.
  func referrer(_ text: String) -> String {
    var rest = text[...]
    if let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")), rest[colon...].hasPrefix("://") {
      rest = rest[rest.utf8.index(colon, offsetBy: 3)...]
    }
    rest = rest[..<Self.queryStart(rest)]
    let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    var host = rest[..<slash]
    if let at = host.utf8.lastIndex(of: UInt8(ascii: "@")) { host = host[host.utf8.index(after: at)...] }
    return redactor.host(String(host)) + clean(rest[slash...])
  }

  /// Returns where query or fragment begin.
  private static func queryStart(_ text: Substring) -> Substring.Index {
    text.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? text.endIndex
  }

  /// Returns a text that is neither a path nor an address.
  func value(_ text: String) -> String { redactor.value(text) }

  private func clean(_ path: Substring) -> String {
    path.utf8.allSatisfy { $0 < 0x80 } ? redactor.path(String(path)) : redactor.value(String(path))
  }
}

import Hits
import Redaction

/// Makes texts of other programs fit to be stored: without queries, names of users and what redaction finds.
struct PeerTexts {
  private let redactor: Redactor
  /// For values of fixed lists, whose numbers are no ids.
  private let redactorOfLists: Redactor

  init(_ redactor: Redactor) {
    self.redactor = redactor
    redactorOfLists = redactor.level == .strict ? Redactor(.standard) : redactor
  }

  /// Returns a pathname without its query, fragment and session id.
  func page(_ text: String) -> String {
    let end = Self.queryStart(text[...])
    var path = text[..<end]
    // A whole address names host and perhaps user, too.
    if !path.hasPrefix("/"), let colon = path.utf8.firstIndex(of: UInt8(ascii: ":")), path[colon...].hasPrefix("://") {
      let host = path[path.utf8.index(colon, offsetBy: 3)...]
      path = host[(host.utf8.firstIndex(of: UInt8(ascii: "/")) ?? host.endIndex)...]
      if path.isEmpty { return "/" }
    }
    if let semicolon = path.utf8.firstIndex(of: UInt8(ascii: ";")),
      path[semicolon...].prefix(11).lowercased() == ";jsessionid"
    {
      return clean(path[..<semicolon])
    }
    return clean(path)
  }

  /// Returns host and path of a referrer, as our own reports show it, without scheme, user, port, query and fragment. A name
  /// that is no address, such as `Google`, stays.
  func referrer(_ text: String) -> String {
    var rest = text[...]
    if let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")), rest[colon...].hasPrefix("://") {
      rest = rest[rest.utf8.index(colon, offsetBy: 3)...]
    } else if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
    }
    rest = rest[..<Self.queryStart(rest)]
    let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    var host = rest[..<slash]
    if let at = host.utf8.lastIndex(of: UInt8(ascii: "@")) { host = host[host.utf8.index(after: at)...] }
    return redactor.host(String(Self.withoutPort(host))) + clean(rest[slash...])
  }

  /// Returns a host without its port, and an address of IPv6 without its brackets.
  private static func withoutPort(_ host: Substring) -> Substring {
    if host.hasPrefix("["), let end = host.utf8.firstIndex(of: UInt8(ascii: "]")) { return host[..<end].dropFirst() }
    let colons = host.utf8.indices.filter { host.utf8[$0] == UInt8(ascii: ":") }
    guard colons.count == 1, host[colons[0]...].dropFirst().allSatisfy(\.isNumber) else { return host }
    return host[..<colons[0]]
  }

  /// Returns where query or fragment begin.
  private static func queryStart(_ text: Substring) -> Substring.Index {
    text.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? text.endIndex
  }

  /// Returns a value of a list that is neither a path nor an address.
  func value(_ text: String, in dimension: String) -> String {
    (PastRow.written.contains(dimension) ? redactor : redactorOfLists).value(text)
  }

  private func clean(_ path: Substring) -> String {
    path.utf8.allSatisfy { $0 < 0x80 } ? redactor.path(String(path)) : redactor.value(String(path))
  }
}

import ByteScanning
import Collecting

/// Maps path prefixes to sites, for any host (`/shop/`) or for one (`example.com/shop/`).
struct PathPrefixes: Sendable {
  private struct Prefix {
    var host: String?
    var path: [UInt8]
    var site: Int
  }

  private var prefixes: [Prefix] = []
  private var path: [UInt8] = []

  mutating func add(_ texts: [String], of site: Int) {
    for text in texts {
      guard let slash = text.firstIndex(of: "/") else { continue }
      let host = text[..<slash].isEmpty ? nil : HostName.canonical(String(text[..<slash]))
      prefixes.append(Prefix(host: host, path: Array(text[slash...].utf8), site: site))
    }
    // Longest first; of equally long prefixes, those of one host first.
    prefixes.sort { left, right in
      left.path.count != right.path.count ? left.path.count > right.path.count : left.host != nil && right.host == nil
    }
  }

  /// Returns the site whose prefix matches a line. Costs nothing if there are no prefixes.
  mutating func site(_ bytes: Span<UInt8>, host: Range<Int>, target: Range<Int>) -> Int? {
    guard !prefixes.isEmpty else { return nil }
    path.removeAll(keepingCapacity: true)
    guard Pathname.append(bytes, RequestTarget.parts(of: bytes, target).path, to: &path) else { return nil }
    var name: String?
    for prefix in prefixes where begins(with: prefix.path) {
      guard let wanted = prefix.host else { return prefix.site }
      let own = name ?? HostName.canonical(bytes, host)
      name = own
      if own == wanted { return prefix.site }
    }
    return nil
  }

  /// Whether the path begins with a prefix and ends there or continues with another segment.
  private func begins(with prefix: [UInt8]) -> Bool {
    guard ByteSearch.matches(prefix, in: path.span, at: 0, before: path.count) else { return false }
    return path.count == prefix.count || prefix.last == Byte.slash || path[prefix.count] == Byte.slash
  }
}

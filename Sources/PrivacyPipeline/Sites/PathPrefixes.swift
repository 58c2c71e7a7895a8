import ByteScanning
import Collecting

/// The sites that begin at a path, of any host (`/shop/`) or of one (`example.com/shop/`).
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
    // The longest first, and of equal ones those of a host.
    prefixes.sort { left, right in
      left.path.count != right.path.count ? left.path.count > right.path.count : left.host != nil && right.host == nil
    }
  }

  /// The site whose prefix fits a line; costs nothing where there are none.
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

  /// Whether the path begins so and ends there, or goes on with another segment.
  private func begins(with prefix: [UInt8]) -> Bool {
    guard ByteSearch.matches(prefix, in: path.span, at: 0, before: path.count) else { return false }
    return path.count == prefix.count || prefix.last == Byte.slash || path[prefix.count] == Byte.slash
  }
}

/// Maps host names to sites. A name such as `*.example.com` matches all hosts that end this way.
struct HostTable: Sendable {
  private var exact: [String: Int] = [:]
  /// The text after the asterisk, longest first.
  private var endings: [(text: String, site: Int)] = []

  mutating func add(_ hosts: [String], of site: Int) {
    for host in hosts {
      if host.hasPrefix("*.") {
        endings.append((String(host.dropFirst()), site))
      } else {
        exact[host] = site
      }
    }
    endings.sort { ($1.text.utf8.count, $0.text) < ($0.text.utf8.count, $1.text) }
  }

  /// Returns the site of a host in canonical form, by its own name or by the longest ending that matches.
  func site(of host: String) -> Int? {
    exact[host] ?? endings.first { host.hasSuffix($0.text) && host.utf8.count > $0.text.utf8.count }?.site
  }
}

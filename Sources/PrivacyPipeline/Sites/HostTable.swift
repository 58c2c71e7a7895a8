/// The sites of host names; a name such as `*.example.com` stands for all hosts that end so.
struct HostTable: Sendable {
  private var exact: [String: Int] = [:]
  /// What comes after the asterisk, longest first.
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

  /// The site of a host in its canonical form: by its own name, or by the longest ending.
  func site(of host: String) -> Int? {
    exact[host] ?? endings.first { host.hasSuffix($0.text) && host.utf8.count > $0.text.utf8.count }?.site
  }
}

import AccessLog
import Foundation
import PrivacyPipeline

/// The sites of a server, by the names in its configuration.
struct ServedHosts {
  /// A site: servers that share a name, such as those for HTTP and HTTPS.
  struct Site {
    var host = ""
    /// Other hosts and `*.example.com`, in canonical form.
    var aliases: [String] = []
    /// Names that stand for hosts that cannot be listed, such as regular expressions.
    var unusable: [String] = []
    /// Whether the configuration names it.
    var isNamed = true
  }

  private(set) var sites: [Site] = []
  /// The site of each server by its index; none for servers that only redirect, and for those that answer to no name
  /// while others do.
  private(set) var siteOfServer: [Int: Int] = [:]
  /// Names of servers that become no site, with the reason.
  private(set) var ignored: [String] = []
  private var siteOfHost: [String: Int] = [:]

  /// Joins servers by their names. Names that redirect to a site are aliases of it.
  init(_ servers: [ServerDescription]) {
    let names = servers.map { Names($0.names) }
    for (index, server) in servers.enumerated() where !server.isRedirect && !names[index].hosts.isEmpty {
      siteOfServer[index] = add(names[index])
    }
    for (index, server) in servers.enumerated() where server.isRedirect && server.redirectsTo != nil {
      add(names[index], from: server)
    }
    for (index, server) in servers.enumerated() where server.isRedirect && server.redirectsTo == nil {
      add(names[index], from: server)
    }
    guard sites.isEmpty else { return }
    for (index, server) in servers.enumerated() where !server.isRedirect {
      if sites.isEmpty { sites.append(Site(host: Self.nameOfThisMachine(), isNamed: false)) }
      siteOfServer[index] = 0
    }
  }

  /// Adds the names of a server to the site that has one of them, or to a new one; returns its index.
  private mutating func add(_ names: Names) -> Int {
    let site = names.hosts.compactMap { siteOfHost[$0] }.first ?? sites.count
    if site == sites.count {
      let first = names.hosts.first { !$0.hasPrefix("*.") } ?? String(names.hosts[0].dropFirst(2))
      sites.append(Site(host: first))
      siteOfHost[first] = site
    }
    give(names, to: site)
    return site
  }

  private mutating func give(_ names: Names, to site: Int) {
    for host in names.hosts where siteOfHost[host] == nil {
      siteOfHost[host] = site
      sites[site].aliases.append(host)
    }
    for name in names.unusable where !sites[site].unusable.contains(name) { sites[site].unusable.append(name) }
  }

  /// Makes the names of a server that only redirects aliases of the site it redirects to.
  private mutating func add(_ names: Names, from server: ServerDescription) {
    if let host = server.redirectsTo.map({ HostName.canonical($0) }) {
      if let site = siteOfHost[host] { return give(names, to: site) }
      for name in names.hosts where siteOfHost[name] == nil {
        ignored.append("\(name): only redirects to another server's \(host), so it is no site")
      }
    } else {
      for name in names.hosts where siteOfHost[name] == nil {
        ignored.append("\(name): only redirects, and no server answers to its name otherwise, so it is no site")
      }
    }
  }

  private static func nameOfThisMachine() -> String {
    let name = HostName.canonical(ProcessInfo.processInfo.hostName)
    return name.isEmpty ? "localhost" : name
  }
}

/// The names of a server, sorted by whether a configuration file can hold them.
private struct Names {
  /// Hosts in canonical form, and `*.example.com`.
  var hosts: [String] = []
  var unusable: [String] = []

  init(_ names: [String]) {
    for name in names { add(name) }
  }

  private mutating func add(_ given: String) {
    // Apache allows a scheme and a port, nginx a dot in front: `.example.com` is the host and all below it.
    var name = given.lowercased()
    if let scheme = name.range(of: "://") { name = String(name[scheme.upperBound...]) }
    if name.hasPrefix("~") { return unusable.append(given) }
    if name.hasPrefix(".") { return [String(name.dropFirst()), "*" + name].forEach { add($0) } }
    guard !name.hasPrefix("["), name.count(where: { $0 == ":" }) < 2 else { return }
    let isWildcard = name.hasPrefix("*.")
    let host = HostName.canonical(isWildcard ? String(name.dropFirst(2)) : name)
    guard !["", "_", "localhost", "localhost.localdomain", "$hostname"].contains(host),
      host.contains(where: \.isLetter)
    else { return }
    guard !host.contains(where: { "*?$~()[]{}|\\/ \"'".contains($0) }), host.contains(".") || !isWildcard else {
      return unusable.append(given)
    }
    let text = isWildcard ? "*." + host : host
    if !hosts.contains(text) { hosts.append(text) }
  }
}

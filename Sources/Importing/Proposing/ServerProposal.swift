import ByteScanning
import AccessLog
import Collecting
import Foundation
import LineRules
import LogInput
import PrivacyPipeline
import TimeZones

/// What a configuration file for the logs of a server should contain, by the server's own configuration.
public struct ServerProposal: Sendable {
  /// A site and what identifies its lines.
  public struct Site: Sendable {
    /// The main host.
    public var host: String
    /// Other hosts; `*.example.com` for all that end so.
    public var aliases: [String]
    /// Patterns for the names of files whose lines belong to the site.
    public var files: [String] = []
    /// What the reader of the file should know about the site, one line each.
    public var remarks: [String] = []
  }

  /// The path of the server's configuration.
  public let path: String
  /// Whether the server is nginx; otherwise it is Apache.
  public let isNginx: Bool
  /// The logs, as globs that match rotated copies, too.
  public private(set) var logs: [String] = []
  /// The sites.
  public private(set) var sites: [Site] = []
  /// The IANA time zone of this machine. Servers' configurations do not name one.
  public let timeZone: String
  /// Whether a log has a format that cannot be told from its lines for certain, so the server's configuration must be
  /// read for it on each import.
  public private(set) var needsFormats = false
  /// The proxies that the server trusts, if its logs contain what proxies forward.
  public private(set) var trustedProxies: [String] = []
  /// Logs and names that are not in the proposal although visitors may be in them, with the reason and what to do.
  public private(set) var omitted: [String] = []
  /// Logs and names that are left out because they add nothing, with the reason.
  public private(set) var notes: [String] = []

  /// The main files of servers in the places where distributions put them.
  public static let usualPlaces: [(path: String, isNginx: Bool)] = [
    ("/etc/nginx/nginx.conf", true), ("/etc/apache2/apache2.conf", false), ("/etc/httpd/conf/httpd.conf", false),
  ]

  /// Reads the configuration of a server.
  ///
  /// - Throws: ``ImportFailure`` if it cannot be read or the server would refuse it, or if it names no readable log.
  public init(ofServerAt path: String, isNginx: Bool) throws {
    self.path = AbsolutePath.of(path)
    self.isNginx = isNginx
    timeZone = Self.zoneOfThisMachine()
    let (configuration, faults) = try ServerFiles.read(path, isNginx ? .nginx : .apache)
    guard faults.isEmpty else { throw ImportFailure.failed(faults.joined(separator: "\n")) }
    var selection = LogSelection(configuration, path: self.path, isNginx: isNginx)
    let hosts = ServedHosts(configuration.servers)
    for (index, server) in configuration.servers.enumerated() {
      guard let site = hosts.siteOfServer[index] else { continue }
      for group in server.logs { selection.add(group, site: site) }
    }
    sites = hosts.sites.map { site in
      Site(
        host: site.host, aliases: site.aliases,
        remarks: site.unusable.map { "Its name \($0) cannot be written here; add the hosts that it stands for." }
          + (site.isNamed
            ? [] : ["The server has no name for this site, so this is the name of the machine. Change it."]))
    }
    take(selection)
    notes += hosts.ignored
    guard !logs.isEmpty else {
      let reasons = omitted.isEmpty ? ["it names no access log"] : omitted
      throw ImportFailure.failed(reasons.map { "\(path): \($0)" }.joined(separator: "\n"))
    }
  }

  /// Takes over the chosen logs: assigns those without hosts to their sites, and omits those that several sites share.
  private mutating func take(_ selection: LogSelection) {
    let hosts = sites.map(\.host)
    omitted = selection.omitted
    notes = selection.duplicates
    var used: Set<Int> = []
    for log in selection.logs {
      if !log.hasHost, !log.namesHost, log.sites.count > 1 {
        let names = log.sites.map { hosts[$0] }.joined(separator: ", ")
        omitted.append(
          "\(log.path): \(names) share this log, and its format has no host that tells them apart; log \(isNginx ? "$host" : "%v") in it or give each site a log of its own"
        )
        continue
      }
      takeFiles(of: log)
      used.formUnion(log.sites)
      needsFormats = needsFormats || !log.isFormatKnown
      if log.hasForwarded { trustedProxies = selection.proxies }
      if !log.hasHost { for site in log.sites { assign(log, to: site, selection) } }
    }
    for site in sites.indices where !selection.logs.contains(where: { $0.sites.contains(site) }) {
      if omitted.isEmpty { notes.append("\(hosts[site]): it writes no access log") }
    }
    // A pattern such as *.log* may match files of other logs, too.
    let globs = logs
    logs.removeAll { log in globs.contains { $0 != log && Glob($0, ignoresCase: false).matches(log) } }
    sites = sites.indices.filter(used.contains).map { sites[$0] }
  }

  /// Adds the globs of a log to the list. If the host names the file, these are the files of the sites' hosts: a file
  /// for a host that a stranger made up would belong to no site, and the import would stop.
  private mutating func takeFiles(of log: LogSelection.Log) {
    guard log.namesHost else { return logs.append(log.glob) }
    for site in log.sites {
      for (index, glob) in log.patterns(ofHosts: names(of: site)).enumerated() where !logs.contains(glob) {
        if index == 0 || !InputPath.paths(matching: glob).isEmpty {
          logs.append(glob)
        } else {
          notes.append("\(glob): there is no such file yet; add it to the list once there is")
        }
      }
    }
  }

  private func names(of site: Int) -> [String] {
    [sites[site].host, "www." + sites[site].host] + sites[site].aliases
  }

  private mutating func assign(_ log: LogSelection.Log, to site: Int, _ selection: LogSelection) {
    for pattern in log.patterns(ofHosts: names(of: site)) where !sites[site].files.contains(pattern) {
      sites[site].files.append(selection.isAmbiguous(log) ? pattern : String(pattern.split(separator: "/").last ?? ""))
    }
  }

  private static func zoneOfThisMachine() -> String {
    let name = ZoneFolder.ownZone ?? "UTC"
    return ["GMT", "Etc/UTC", "Etc/GMT", "Universal", "Zulu"].contains(name) ? "UTC" : name
  }
}

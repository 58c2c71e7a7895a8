import AccessLog
import Collecting
import Foundation
import LogInput

/// The logs to read among those of a server: of several that hold the same requests, the one that says most.
struct LogSelection {
  /// A log to read.
  struct Log {
    /// The path from the root, with variables.
    var path: String
    /// A glob for it and its rotated copies.
    var glob: String
    /// The indices of the sites whose requests it holds.
    var sites: [Int]
    /// Whether its lines name their host.
    var hasHost: Bool
    /// Whether its lines contain addresses that a proxy forwarded.
    var hasForwarded: Bool
    /// Whether its format is one that detection tells from its lines.
    var isFormatKnown: Bool

    /// Whether the name of the file contains the host, by a variable.
    var namesHost: Bool { LogSelection.hostVariables.contains { path.contains($0) } }

    /// Returns patterns for the paths of the files that hold the requests to hosts.
    func patterns(ofHosts hosts: [String]) -> [String] {
      guard namesHost else { return [glob] }
      return hosts.map { host in
        let path = LogSelection.hostVariables.reduce(self.path) { $0.replacingOccurrences(of: $1, with: host) }
        return LogSelection.glob(path, isNginx: true)
      }
    }
  }

  private(set) var logs: [Log] = []
  /// Logs that cannot be read, with the reason.
  private(set) var omitted: [String] = []
  /// Logs that hold the same requests as one that is read.
  private(set) var duplicates: [String] = []

  private let configuration: ServerConfiguration
  private let folder: String
  private let isNginx: Bool

  init(_ configuration: ServerConfiguration, path: String, isNginx: Bool) {
    self.configuration = configuration
    self.isNginx = isNginx
    folder = path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
  }

  /// The trusted proxies of the server that are addresses or networks.
  var proxies: [String] { configuration.trustedProxies.filter { (try? TrustedProxies([$0])) != nil } }

  /// Whether another log has a file of the same name.
  func isAmbiguous(_ log: Log) -> Bool {
    let name = { (path: String) in path.split(separator: "/").last }
    return logs.contains { $0.path != log.path && name($0.glob) == name(log.glob) } || name(log.glob) == "*"
      || log.namesHost && !(name(log.path).map { name in Self.hostVariables.contains { name.contains($0) } } ?? false)
  }

  /// Adds logs that hold the same requests to a site: the best of them, or all of them if each holds only some.
  mutating func add(_ group: [ServerDescription.Log], site: Int) {
    let readable = group.filter { reason(against: $0) == nil }
    if !readable.allSatisfy(\.isConditional), let best = readable.max(by: { value($0) < value($1) }) {
      take(best, site: site)
      for log in group where log.path != best.path {
        note("\(log.path) holds requests that are in \(best.path), too", in: \.duplicates)
      }
      return
    }
    for log in readable { take(log, site: site) }
    for log in group {
      if let reason = reason(against: log) { note("\(log.path): \(reason)", in: \.omitted) }
    }
  }

  private mutating func note(_ text: String, in list: WritableKeyPath<LogSelection, [String]>) {
    if !self[keyPath: list].contains(text) { self[keyPath: list].append(text) }
  }

  private mutating func take(_ log: ServerDescription.Log, site: Int) {
    let path = absolute(log.path)
    if let known = logs.firstIndex(where: { $0.path == path }) {
      if !logs[known].sites.contains(site) { logs[known].sites.append(site) }
      return
    }
    let text = text(of: log)
    logs.append(
      Log(
        path: path, glob: Self.glob(path, isNginx: isNginx), sites: [site], hasHost: tellsHost(text),
        hasForwarded: text.lowercased().contains("forwarded"),
        isFormatKnown: Self.knownTexts.contains(Self.normalised(text))))
  }

  /// Returns why a log cannot be read, and what to do; nil if it can.
  private func reason(against log: ServerDescription.Log) -> String? {
    if log.path.hasPrefix("syslog:") { return "goes to syslog; add the file that the system log writes it to" }
    if log.path.hasPrefix("|") { return "goes to a program; if that writes a file, add the file" }
    if log.path.contains("${"), !isNginx { return "the variable in its path is not known; add its path" }
    let path = absolute(log.path)
    let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    if [path, target ?? ""].contains(where: { $0.hasPrefix("/dev/") }) {
      return "goes to a device, such as the output of a container; save that to a file and add it"
    }
    if let problem = configuration.problems[log.format] { return "its format '\(log.format)' is of no use: \(problem)" }
    if configuration.formats[log.format] == nil { return "its format '\(log.format)' is not defined" }
    return nil
  }

  private func text(of log: ServerDescription.Log) -> String {
    configuration.texts[log.format] ?? (isNginx && log.format == "combined" ? Self.nginxCombined : "")
  }

  private func tellsHost(_ text: String) -> Bool {
    let words = isNginx ? ["$host", "$http_host", "$server_name", "${host}"] : ["%v", "%V", "%{Host}i", "%{host}i"]
    return words.contains { text.contains($0) && !text.contains($0 + "name") }
  }

  /// Returns how much a log says of each request.
  private func value(_ log: ServerDescription.Log) -> Int {
    let text = text(of: log).lowercased()
    return (log.isConditional ? 0 : 3) + (text.contains("user_agent") || text.contains("user-agent") ? 8 : 0)
      + (text.contains("referer") ? 4 : 0)
      + (tellsHost(self.text(of: log)) ? 2 : 0) + (Self.knownTexts.contains(Self.normalised(text)) ? 1 : 0)
  }

  /// Returns a path from the root. The folder where relative paths begin is built into nginx, so the first of the usual
  /// folders that has the log's folder is taken.
  private func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    let isBelow = folder.hasSuffix("/conf")
    let above = isBelow ? String(folder.dropLast("/conf".count)) : folder
    let candidates = [configuration.root, above, folder, isNginx ? "/usr/share/nginx" : nil].compactMap(\.self)
    let found = candidates.first { root in
      let parent = (root + "/" + path).split(separator: "/").dropLast().joined(separator: "/")
      return FileManager.default.fileExists(atPath: "/" + parent)
    }
    return (found ?? candidates[0]) + "/" + path
  }

  /// The variables of nginx that contain the host of a request.
  static let hostVariables = ["${host}", "${http_host}", "${server_name}", "$http_host", "$server_name", "$host"]

  /// Returns a glob for a log and its rotated copies. What the server fills in matches anything.
  static func glob(_ path: String, isNginx: Bool) -> String {
    let pattern =
      isNginx
      ? path.replacing(/\$\{\w+\}|\$\w+/, with: "*") : path.replacing(/%[-_0^#]?[EO]?[A-Za-z]/, with: "*")
    return (pattern + "*").replacing(/\*+/, with: "*")
  }

  private static let nginxCombined =
    #"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent""#

  /// The formats that detection tells from a log's lines, normalised: nginx's own and that of nginx.org's packages, and
  /// those of Debian's and Fedora's Apache.
  private static let knownTexts: Set = Set(
    [
      nginxCombined, nginxCombined + #" "$http_x_forwarded_for""#,
      #"%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i""#, #"%h %l %u %t "%r" %>s %b"#,
      #"%v:%p %h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i""#,
      #"%v %h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i""#,
    ].map(normalised))

  private static func normalised(_ text: String) -> String {
    text.lowercased().replacing("\\\"", with: "\"").replacing(" %o", with: " %b").replacing("%a %l", with: "%h %l")
  }
}

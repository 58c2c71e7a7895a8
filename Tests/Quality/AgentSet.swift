import Foundation
import UserAgents

/// User agents collected elsewhere, and what is known about them.
///
/// Each file of a folder is a set: `*crawler*.txt` and `*bot*.txt` list robots, one user agent per line; `*.tsv` list
/// user agents of people, with the kind of device in the second column. Matomo's set also has the kind of program in
/// the fourth column, and in the fifth whether the user agent alone is not enough. Lines that start with `#` are
/// headers. Tables of anything else are not read.
struct AgentSet {
  /// A user agent and its kind of device, nil if unknown.
  struct Agent {
    var text: [UInt8]
    var device: String?
    /// Whether it belongs to a browser, not to an app or a library.
    var isBrowser = true
  }

  var name: String
  var isOfRobots: Bool
  var agents: [Agent]
  /// Whether the user agents are a sample of real traffic: no person may be counted as a robot, and nearly all
  /// devices must be right.
  var isRealMix = false

  /// Returns the sets of a folder, sorted by name.
  static func all(in folder: String) throws -> [AgentSet] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted().compactMap { file in
      let lines = try? String(contentsOfFile: folder + "/" + file, encoding: .utf8).split(separator: "\n")
      guard let lines = lines?.filter({ !$0.hasPrefix("#") }) else { return nil }
      let name = String(file.prefix { $0 != "." })
      if file.hasSuffix(".tsv") { return people(name, lines) }
      guard file.hasSuffix(".txt"), !file.contains("EXCLUDE"), !file.contains("browser") else { return nil }
      return AgentSet(name: name, isOfRobots: true, agents: lines.map { Agent(text: Array($0.utf8)) })
    }
  }

  private static func people(_ name: String, _ lines: [Substring]) -> AgentSet? {
    let rows = lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    guard let first = rows.first, first.count >= 5 else { return nil }
    let isMatomos = first.count == 5
    let isKnown = isMatomos ? first[4] == "True" || first[4] == "False" : DeviceType(rawValue: String(first[1])) != nil
    guard isKnown else { return nil }
    let agents = rows.filter { $0.count >= 5 }.map { row in
      guard isMatomos else { return Agent(text: Array(row[0].utf8), device: String(row[1])) }
      return Agent(
        text: Array(row[0].utf8), device: row[4] == "False" ? kinds[row[1]] : nil,
        isBrowser: row[3].hasPrefix("browser:")
      )
    }
    return AgentSet(name: name, isOfRobots: false, agents: agents, isRealMix: !isMatomos)
  }

  /// Maps Matomo's kinds of devices to ours.
  private static let kinds: [Substring: String] = [
    "smartphone": "mobile", "phablet": "mobile", "feature phone": "mobile", "tablet": "tablet", "tv": "tv",
    "console": "console", "desktop": "desktop", "peripheral": "tv", "wearable": "wearable", "smart speaker": "other",
    "car browser": "other", "camera": "other", "smart display": "other", "portable media player": "other",
  ]
}

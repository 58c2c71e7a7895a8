import Acquisition
import Foundation
import UserAgents

/// The data folder: rules for user agents, and the outlines of countries.
public struct RuleData {
  /// The path of the folder.
  public let folder: String

  /// Finds the data folder: the given one, the one that FOOTFALL_DATA names, the installed one (`../share/footfall`
  /// beside the program) or the one beside the build.
  ///
  /// - Throws: ``ImportFailure/failed(_:)`` if there is none.
  public init(folder: String?) throws {
    let candidates: [String]
    if let given = folder ?? ProcessInfo.processInfo.environment["FOOTFALL_DATA"] {
      candidates = [given]
    } else {
      let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      candidates = ["../share/footfall", "../../share/footfall", "../../../share/footfall"].map {
        program.appendingPathComponent($0).standardizedFileURL.path
      }
    }
    let found = candidates.first { FileManager.default.fileExists(atPath: $0 + "/browsers.rules") }
    guard let found else {
      throw ImportFailure.failed(
        "\(candidates[0]): no user agent rules there; run make setup, or name their folder with --data")
    }
    self.folder = found
  }

  /// Returns name, revision and origin of each rule set. Outlines of countries are none.
  public func revisions() throws -> [String] {
    let lines = String(decoding: try bytes("REVISIONS"), as: UTF8.self).split(separator: "\n")
    return lines.filter { !$0.hasPrefix("country-outlines") }.map { line in
      let columns = line.split(separator: "\t")
      return columns.prefix(2).joined(separator: " ") + (columns.count > 2 ? " (\(columns[2]))" : "")
    }
  }

  /// Reads and checks the rules.
  ///
  /// - Parameter botRules: the path of the operator's own list of robots, which takes precedence; nil for none.
  /// - Throws: ``ImportFailure/failed(_:)`` if a file is missing or contains an invalid rule. Folders of older versions lack
  ///   `releases.tsv`; then no browser is an old one.
  public func rules(botRules: String?) throws -> UserAgentRules {
    do {
      let bots = try botRules.map { try BotList(Self.bytes($0, advice: "name a list of robots"), name: $0) }
      let hasReleases = FileManager.default.fileExists(atPath: folder + "/releases.tsv")
      return try UserAgentRules(
        browsers: bytes("browsers.rules"), crawlers: bytes("crawlers.rules"),
        releases: hasReleases ? bytes("releases.tsv") : [], bots: bots ?? BotList())
    } catch let error as UserAgentRules.Failure {
      throw ImportFailure.failed((error.file == botRules ? "" : folder + "/") + error.description)
    }
  }

  /// Returns the outlines of countries (``Reporting/CountryOutlines``); empty if there are none, as in folders of older versions.
  public var outlines: [UInt8] {
    FileManager.default.contents(atPath: folder + "/countries.outlines").map { [UInt8]($0) } ?? []
  }

  /// Reads a list of hosts whose referrers are spam; returns nil if none is requested.
  ///
  /// - Throws: ``ImportFailure/failed(_:)`` if the file is missing or contains something that is not a host.
  public static func referrerSpam(_ path: String?) throws -> ReferrerSpam? {
    guard let path else { return nil }
    do {
      return try ReferrerSpam(bytes(path, advice: "name a list of hosts"))
    } catch let error as ReferrerSpam.Failure {
      throw ImportFailure.failed(
        "\(path):\(error.line): not a host name; write one host per line, such as spam.example.com")
    }
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    try Self.bytes(folder + "/" + name, advice: "run make setup")
  }

  private static func bytes(_ path: String, advice: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ImportFailure.failed("\(path): missing or unreadable; \(advice)")
    }
    return [UInt8](data)
  }
}

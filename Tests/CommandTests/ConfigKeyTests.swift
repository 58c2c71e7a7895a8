import Configuring
import Foundation
import TestSupport
import Testing

/// Every flag of every command is a key of the configuration file, or is listed here as an exception.
@Suite struct ConfigKeyTests {
  /// Flags that describe a single run.
  private static let noKeys: Set = [
    "help", "version", "config", "day", "before", "line", "show-personal", "table", "dry-run", "watch", "alias", "file",
    "goal", "funnel",
    "remove", "output", "name", "files", "key-fd", "into", "replace",
    "follow", "tracking-id", "requests", "api", "monthly-cap", "ability", "journal", "unknown", "robots-txt",
    "robots", "full", "matomo-site",
  ]
  /// Flags that are keys for other commands only: they change one site, describe one run, or would overwrite the page of
  /// `report`.
  private static let keysOfOthers = [
    "sites change --timezone", "sites change --behaviour", "explain --behaviour", "coverage --html",
    "tokens create --site", "config init --db", "config init --nginx-conf", "config init --apache-conf",
    "sites add --path", "sites change --path",
    "export --token-file",
  ]

  private struct Command: Decodable {
    struct Argument: Decodable {
      struct Name: Decodable {
        let kind: String
        let name: String
      }
      let names: [Name]?
    }
    let commandName: String
    let arguments: [Argument]?
    let subcommands: [Command]?

    /// Returns all flags below this command, as in `sites add --db`.
    func flags(of path: [String]) -> [String] {
      let names = (arguments ?? []).flatMap { $0.names ?? [] }.filter { $0.kind == "long" }.map(\.name)
      let own = names.filter { !ConfigKeyTests.noKeys.contains($0) }.map { (path + ["--" + $0]).joined(separator: " ") }
      return own + (subcommands ?? []).flatMap { $0.flags(of: path + [$0.commandName]) }
    }
  }
  private struct Dump: Decodable { let command: Command }

  @Test func everyFlagIsAKey() async throws {
    let result = try await Workshop().footfall("--experimental-dump-help")
    let command = try JSONDecoder().decode(Dump.self, from: Data(result.output.utf8)).command
    let flags = Set(command.flags(of: [])).subtracting(Self.keysOfOthers)
    let flagKeys = ConfigKey.all.filter { $0.kind != .operands }
    let keys = Set(flagKeys.flatMap { key in key.commands.map { $0 + " --" + key.name } })
    // `sites` alone means `sites list`; the same goes for `tokens`.
    #expect(keys.filter { !$0.hasPrefix("sites --") && !$0.hasPrefix("tokens --") } == flags)
    #expect(flags.count > 100)
  }
}

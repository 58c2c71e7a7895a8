import ArgumentParser
import Configuring
import Foundation
import Sealing

/// The flag that names the configuration file.
struct ConfigOptions: ParsableArguments {
  /// The name that means no file.
  static let none = "none"

  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "Read flags that are not given from this file; none for no file (default: footfall.toml, if it exists).",
      valueName: "file"))
  var path: String?

  /// Returns the sites that the file describes; none if there is no file.
  func sites() throws -> [SiteSection] { try Self.file(path)?.sites ?? [] }

  /// Returns the logs that a command reads: those on the command line, or else those that the file names.
  ///
  /// - Throws: a usage error if neither names any.
  func logs(for command: String, given: [String]) throws -> [String] {
    let logs = given.isEmpty ? try Self.file(path)?.logs(for: command) ?? [] : given
    guard !logs.isEmpty else {
      throw Refusal.usage(
        """
        no logs to read; name files, globs or folders (- for standard input), or list them in the configuration file, \
        as in logs = ["/var/log/nginx/access.log*"]; footfall config init writes one from your server's configuration
        """)
    }
    return logs
  }

  /// Reads the named file, or the one in the current folder; nil if there is neither.
  static func file(_ path: String?) throws -> ConfigFile? {
    if path == none { return nil }
    guard let path = path ?? (FileManager.default.fileExists(atPath: ConfigFile.usualName) ? ConfigFile.usualName : nil)
    else { return nil }
    return try ConfigFile(path: path)
  }
}

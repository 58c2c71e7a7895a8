import ArgumentParser
import Configuring
import Foundation

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

  /// Reads the named file, or the one in the current folder; nil if there is neither.
  static func file(_ path: String?) throws -> ConfigFile? {
    if path == none { return nil }
    guard let path = path ?? (FileManager.default.fileExists(atPath: ConfigFile.usualName) ? ConfigFile.usualName : nil)
    else { return nil }
    return try ConfigFile(path: path)
  }
}

import ArgumentParser
import Configuring
import Foundation

/// The flag that names the configuration file.
struct ConfigOptions: ParsableArguments {
  /// The name that stands for no file.
  static let none = "none"

  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "Take flags that are not given from this file; none takes them from no file (default: footfall.toml, if it is there).",
      valueName: "file"))
  var path: String?

  /// The sites that the file describes; none where there is no file.
  func sites() throws -> [SiteSection] { try Self.file(path)?.sites ?? [] }

  /// The file that is named, or the one of the current folder; nil where there is none.
  static func file(_ path: String?) throws -> ConfigFile? {
    if path == none { return nil }
    guard let path = path ?? (FileManager.default.fileExists(atPath: ConfigFile.usualName) ? ConfigFile.usualName : nil)
    else { return nil }
    return try ConfigFile(path: path)
  }
}

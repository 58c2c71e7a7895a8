import Foundation
import TestSupport

/// Runs the commands of golden cases with bash, in a new empty folder and a fixed environment.
///
/// The commands see `FOOTFALL` (the binary), `FIXTURES` (the folder of fixtures) and `FOOTFALL_DATA` (the rule data
/// from `make setup`); language and time zone are fixed.
enum CommandRunner {
  /// The folder `fixtures` of the project.
  static let fixtures = SharedData.packageRoot.appendingPathComponent("fixtures")

  /// Runs a case and returns its result, with text that varies between runs replaced.
  static func run(_ command: CommandCase) async throws -> CommandCase.Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("footfall-" + UUID().uuidString).resolvingSymlinksInPath()
    let work = folder.appendingPathComponent("work")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }

    let result = try await ChildProcess.run(
      "/bin/bash", [command.folder.appendingPathComponent("cmd").path], in: work,
      environment: BuiltFootfall.environment(home: folder).merging(ours) { $1 })
    return CommandCase.Result(
      output: normalised(result.output, work), errors: normalised(result.errors, work), code: result.code)
  }

  private static let ours = [
    "FOOTFALL": BuiltFootfall.binary.path, "FIXTURES": fixtures.path, "COLUMNS": "100",
  ]

  /// Text that varies between runs, and its replacement: random tracking ids, the current time, and the program's version.
  private static let variable = [
    (#"gx_[0-9A-Z]{12}"#, "gx_XXXXXXXXXXXX"),
    (#"(footfall |one, |"version" : ")[0-9]+\.[0-9]+\.[0-9]+[-.~+0-9a-z]*"#, "$1VERSION"),
    (#"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC"#, "TIME"),
    (#"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"#, "TIME"),
  ]

  /// Replaces folders and varying text with fixed words.
  private static func normalised(_ text: String, _ folder: URL) -> String {
    var text = text.replacingOccurrences(of: folder.path, with: "TMP")
      .replacingOccurrences(of: fixtures.path, with: "FIXTURES")
      .replacingOccurrences(of: BuiltFootfall.binary.path, with: "footfall")
    for (pattern, word) in variable {
      text = text.replacingOccurrences(of: pattern, with: word, options: .regularExpression)
    }
    return text
  }
}

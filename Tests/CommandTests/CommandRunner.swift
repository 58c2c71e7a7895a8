import Foundation
import TestSupport

/// Runs the commands of golden cases: with bash, in a new empty folder, with the same surroundings everywhere.
///
/// The commands see `FOOTFALL` (the binary), `FIXTURES` (the folder of fixtures) and `FOOTFALL_DATA` (the rule data that
/// `make setup` brought); language and time zone are fixed.
enum CommandRunner {
  /// The folder `fixtures` of the project.
  static let fixtures = SharedData.packageRoot.appendingPathComponent("fixtures")

  /// The rule data.
  static let ruleData = SharedData.packageRoot.appendingPathComponent(".build/share/footfall")

  /// The binary that was built along with the tests: it lies beside the test bundle.
  static let footfall: URL = {
    let running = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return running.deletingLastPathComponent().appendingPathComponent("footfall")
  }()

  /// Runs a case and returns what came of it, with what differs from run to run put right.
  static func run(_ command: CommandCase) async throws -> CommandCase.Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("footfall-" + UUID().uuidString).resolvingSymlinksInPath()
    let work = folder.appendingPathComponent("work")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }

    // Files and not pipes: however much a command prints, nobody needs to read along.
    let output = folder.appendingPathComponent("stdout")
    let errors = folder.appendingPathComponent("stderr")
    let code = try await end(
      of: process(command.folder.appendingPathComponent("cmd"), in: work), output: output, errors: errors)
    return CommandCase.Result(
      output: normalised(try text(of: output), work), errors: normalised(try text(of: errors), work),
      code: code)
  }

  private static func process(_ script: URL, in folder: URL) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [script.path]
    process.currentDirectoryURL = folder
    process.environment = [
      "FOOTFALL": footfall.path, "FIXTURES": fixtures.path, "FOOTFALL_DATA": ruleData.path,
      "HOME": folder.path,
      "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC",
      "COLUMNS": "100",
      // Where Swift is not installed system-wide, the debug binary finds its libraries as this process did.
      "LD_LIBRARY_PATH": ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? "",
    ]
    return process
  }

  /// Runs a process to its end and returns its exit code; a signal counts as 128 and its number, as in the shell.
  private static func end(of process: Process, output: URL, errors: URL) async throws -> Int32 {
    for url in [output, errors] { try Data().write(to: url) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    return try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { ended in
        let isSignal = ended.terminationReason == .uncaughtSignal
        continuation.resume(returning: ended.terminationStatus + (isSignal ? 128 : 0))
      }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
  }

  private static func text(of url: URL) throws -> String {
    String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }

  /// Puts fixed words in the place of folders and random ids.
  private static func normalised(_ text: String, _ folder: URL) -> String {
    var text = text.replacingOccurrences(of: folder.path, with: "TMP")
      .replacingOccurrences(of: fixtures.path, with: "FIXTURES")
      .replacingOccurrences(of: footfall.path, with: "footfall")
    // Tracking ids are random.
    text = text.replacingOccurrences(of: #"gx_[0-9A-Z]{12}"#, with: "gx_XXXXXXXXXXXX", options: .regularExpression)
    return text
  }
}

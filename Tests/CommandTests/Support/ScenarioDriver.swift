import Foundation
import TestSupport

/// Runs the drivers of Tests/Scenarios against the built binary.
enum ScenarioDriver {
  /// Runs a driver with arguments beside `--footfall`, and prints what it prints.
  static func run(_ name: String, _ arguments: [String]) async throws -> ChildProcess.Result {
    let folder = FileManager.default.temporaryDirectory
    let script = SharedData.packageRoot.appendingPathComponent("Tests/Scenarios").appendingPathComponent(name).path
    var environment = BuiltFootfall.surroundings(home: folder)
    // Python is whichever one the set-up found.
    environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
    let result = try await ChildProcess.run(
      "/usr/bin/env", ["python3", "-B", script, "--footfall", BuiltFootfall.binary.path] + arguments, in: folder,
      environment: environment)
    print(result.output)
    return result
  }
}

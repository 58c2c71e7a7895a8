import Foundation
import TestSupport

/// Runs the drivers in Tests/Scenarios with the built binary.
enum ScenarioDriver {
  /// Runs a driver with arguments in addition to `--footfall`, and prints its output.
  static func run(_ name: String, _ arguments: [String]) async throws -> ChildProcess.Result {
    let folder = FileManager.default.temporaryDirectory
    let script = SharedData.packageRoot.appendingPathComponent("Tests/Scenarios").appendingPathComponent(name).path
    var environment = BuiltFootfall.environment(home: folder)
    // The Python that the set-up found.
    environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
    let result = try await ChildProcess.run(
      "/usr/bin/env", ["python3", "-B", script, "--footfall", BuiltFootfall.binary.path] + arguments, in: folder,
      environment: environment)
    print(result.output)
    return result
  }
}

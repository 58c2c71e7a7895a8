import Foundation
import TestSupport
import Testing

/// Jobs on many machines give the same result as an import, or fail: `Tests/Scenarios/cluster.py` runs those of
/// docs/examples.
@Suite(.serialized) struct ClusterTests {
  /// Python with PySpark, if `make spark` was run.
  private static let python = SharedData.packageRoot.appendingPathComponent(".build/spark/bin/python3").path
  private static let hasSpark = FileManager.default.isExecutableFile(atPath: python) && hasJava
  private static let hasJava = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .contains { FileManager.default.isExecutableFile(atPath: $0 + "/java") }

  private static func run(_ arguments: [String]) async throws {
    let result = try await ScenarioDriver.run("cluster.py", ["--data", BuiltFootfall.ruleData.path] + arguments)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
  }

  @Test(arguments: ["sort", "pipeline"]) func pipelinesCountAsAnImport(_ name: String) async throws {
    try await Self.run([name])
  }

  @Test(
    .enabled(if: hasSpark, "needs Java 17 and PySpark: make spark"),
    arguments: ["local", "local-cluster", "killed", "corrupt"])
  func sparkCountsAsAnImportOrFails(_ name: String) async throws {
    try await Self.run(["--spark", Self.python, name])
  }
}

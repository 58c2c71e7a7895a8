import Foundation
import TestSupport
import Testing

/// The commands in README.md and docs/*.md: `Tests/Scenarios/documented_commands.py` runs them as they are shown, and
/// lists those that it cannot run.
@Suite struct DocumentedCommandsTests {
  @Test func theCommandsShownWork() async throws {
    let result = try await ScenarioDriver.run("documented_commands.py", ["--data", BuiltFootfall.ruleData.path])
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    let counts = try #require(result.output.firstMatch(of: /(\d+) commands ran, \d+ are exempt\n/))
    #expect(try #require(Int(counts.output.1)) > 50)
  }
}

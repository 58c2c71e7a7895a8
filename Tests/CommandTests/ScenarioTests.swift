import Foundation
import TestSupport
import Testing

/// Logs that are rotated, truncated, copied, merged and read in any order: `Tests/Scenarios/scenarios.py` knows how
/// often each line was logged, and compares. `make soak` runs it with more seeds.
@Suite struct ScenarioTests {
  @Test func everyLineCountsExactlyOnce() async throws {
    let result = try await ScenarioDriver.run(
      "scenarios.py", ["--data", BuiltFootfall.ruleData.path, "--seeds", "1", "--first", "1", "--small"])
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains(/\nall +\d+ +[\d,]+ +0 +0\n/))
  }
}

import TestSupport
import Testing

/// `footfall import --follow`: `Tests/Scenarios/follow.py` contains the scenarios.
@Suite(.serialized) struct FollowTests {
  @Test(arguments: ["grows", "turns", "idles", "dies", "waits", "complains", "shows"])
  func follows(_ name: String) async throws {
    let result = try await ScenarioDriver.run("follow.py", [name])
    #expect(result.code == 0, "\(result.output)\(result.errors)")
  }
}

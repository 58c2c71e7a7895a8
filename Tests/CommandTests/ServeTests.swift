import TestSupport
import Testing

/// `footfall serve` over HTTP: `Tests/Scenarios/serve.py` contains the scenarios.
@Suite(.serialized) struct ServeTests {
  @Test(arguments: ["contract", "pages", "look", "hostile", "kill", "together", "send", "docs", "fuzz"])
  func serves(_ name: String) async throws {
    let result = try await ScenarioDriver.run("serve.py", [name])
    #expect(result.code == 0, "\(result.output)\(result.errors)")
  }
}

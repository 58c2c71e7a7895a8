import TestSupport
import Testing

/// Kills at random times and at single writes, full and failing disks, power loss: in the end, the statistics equal
/// those of an undisturbed run. `make soak` repeats this at length.
@Suite struct CrashTests {
  @Test func whateverHappensTheEndIsTheSame() async throws {
    let result = try await ScenarioDriver.run("crashes.py", [])
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("random kills: "))
    // Without strace, or if tracing is not permitted, the driver says that it skips the rest.
    guard !result.output.contains("skipped: ") else { return }
    for part in ["kills at writes: ", "full disk: ", "failing disk: ", "power loss: "] {
      #expect(result.output.contains(part))
    }
  }
}

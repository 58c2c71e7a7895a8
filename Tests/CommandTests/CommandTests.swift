import Foundation
import TestSupport
import Testing

/// The command line as people and scripts see it: each folder of `fixtures/cli` is a case.
///
/// `RECORD_FIXTURES=1 swift test --filter printsWhatIsExpected` records the current output as the expected one; read the diff
/// before you commit it.
@Suite struct CommandTests {
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD_FIXTURES"] == "1"

  @Test func environmentIsThere() {
    let binary = BuiltFootfall.binary.path
    #expect(FileManager.default.isExecutableFile(atPath: binary), "no binary: \(binary)")
    let revisions = BuiltFootfall.ruleData.appendingPathComponent("REVISIONS").path
    #expect(FileManager.default.fileExists(atPath: revisions), "no rule data; run make setup")
    #expect(CommandCase.all.count >= 20)
  }

  @Test(arguments: CommandCase.all) func printsWhatIsExpected(_ command: CommandCase) async throws {
    let result = try await CommandRunner.run(command)
    if Self.isRecording {
      try command.record(result)
    } else {
      let expected = command.expected
      #expect(result.output == expected.output)
      #expect(result.errors == expected.errors)
      #expect(result.code == expected.code)
    }
  }

  /// Cases that print invented lines instead of a log's: the list of formats, and a request whose target is an address; and
  /// the proxies that a server's configuration trusts.
  private static let examples = ["formats/list", "formats/json", "explain/oddities", "config/init"]

  /// No message may contain an address or a user agent of the log; all addresses in fixtures are documentation
  /// addresses.
  @Test(arguments: CommandCase.all.filter { !examples.contains($0.name) }) func saysNothingOfVisitors(
    _ command: CommandCase
  ) {
    let said = command.expected.output + command.expected.errors
    for secret in ["192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:", "Mozilla/"] {
      #expect(!said.contains(secret))
    }
  }
}

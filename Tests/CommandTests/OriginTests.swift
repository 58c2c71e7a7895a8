import Foundation
import TestSupport
import Testing

/// AWStats, Webalizer and GoAccess count a log; what is imported from their files equals their own pages, to the unit, and
/// nothing personal remains. A program that is not installed is skipped; the output says so.
@Suite struct OriginTests {
  private static let programs = ["/usr/lib/cgi-bin/awstats.pl", "/usr/bin/webalizer", "/usr/bin/goaccess"]
  private static let hasAny = programs.contains { FileManager.default.fileExists(atPath: $0) }

  @Test(.enabled(if: hasAny, "needs awstats, webalizer or goaccess"))
  func everyTotalEqualsThatOfTheOrigin() async throws {
    let result = try await ScenarioDriver.run("origins.py", [])
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("figures equal"))
  }
}

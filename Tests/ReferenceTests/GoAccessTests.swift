import Foundation
import TestSupport
import Testing

/// Compares GoAccess and the binary on real logs: everything that both count by the same rule is equal to the unit.
///
/// docs/counting.md, "Against GoAccess", lists what they count differently, and why.
@Suite(.enabled(if: goAccessCanRun, "needs goaccess and the real logs of ../shared/corpora"))
struct GoAccessTests {
  /// A log, the zone it was written in, and the minimum number of figures to compare.
  @Test(arguments: [
    ("apache_combined_elastic/apache_logs", "UTC", 2_000),
    ("nasa_http_sample/NASA_short", "America/New_York", 1_100),
    ("apache_common_databricks/apache.access.log", "America/Los_Angeles", 500),
    ("nginx_practice_2024/nginx_access.log", "America/New_York", 400),
    ("nginx_rotated_ajitmp/access.log.1", "Asia/Tokyo", 80),
  ])
  func whatBothCountIsEqual(_ log: String, _ zone: String, _ atLeast: Int) async throws {
    let scratch = try Scratch()
    let output = try await scratch.script(
      "goaccess.py", [SharedData.path("corpora/" + log), zone, scratch.folder.path])
    let lines = output.split(separator: "\n")
    #expect(lines.dropLast().prefix(10) == [])
    let compared = lines.last?.split(separator: " ").first.flatMap { Int($0) }
    #expect(compared ?? 0 >= atLeast)
  }
}

private let goAccessCanRun =
  FileManager.default.isExecutableFile(atPath: "/usr/bin/goaccess") && SharedData.exists("corpora/FACTS.md")

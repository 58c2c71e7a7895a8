import Foundation
import TestSupport
import Testing

/// Real logs recounted by Tests/Reference/oracle.py: different code reads the lines, and plain SQL counts them.
///
/// Page views, visitors, visits, bounces, seconds and visitors seen loading of each day, hour, page, entry and exit page,
/// source, referrer and browser, lost pages, robots by behaviour, what robots fetched, and the outcomes of all lines are
/// equal to the unit. The rule about old browsers is off, because it depends on a list of releases.
@Suite(.enabled(if: SharedData.exists("corpora/FACTS.md"), "needs the real logs of ../shared/corpora"))
struct OracleTests {
  /// A log, the host of its site, and the minimum number of figures to compare.
  @Test(arguments: [
    ("apache_combined_elastic/apache_logs", "semicomplete.com", 3_400),
    ("nasa_http_sample/NASA_short", "example.com", 1_200),
    ("apache_common_databricks/apache.access.log", "example.com", 500),
    ("nginx_practice_2024/nginx_access.log", "example.com", 500),
    ("nginx_rotated_ajitmp/big-access.log.gz", "example.com", 1_100),
    ("lnav_tests/logfile_shop_access_log.0", "example.com", 800),
  ])
  func everyNumberIsThatOfPlainSQL(_ log: String, _ host: String, _ atLeast: Int) async throws {
    let scratch = try Scratch()
    let output = try await scratch.script(
      "oracle.py", [SharedData.path("corpora/" + log), host, scratch.folder.path])
    let lines = output.split(separator: "\n")
    #expect(lines.dropLast().prefix(10) == [])
    let compared = lines.last?.split(separator: " ").first.flatMap { Int($0) }
    #expect(compared ?? 0 >= atLeast)
  }
}

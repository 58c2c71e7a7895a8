import AccessLog
import Foundation
import TestSupport
import Testing

/// Real logs: the numbers of lines, malformed lines and GETs match those that FACTS.md counts with its own strict
/// expression.
@Suite(.enabled(if: SharedData.exists("corpora/FACTS.md"), "needs the real logs of ../shared/corpora"))
struct RealLogTests {
  /// Where our count rightly differs: how many lines we find malformed, and why.
  static let differences: [String: (malformed: Int, gets: Int, reason: String)] = [
    "apache_combined_elastic/apache_logs": (
      1, 9_951, "line 8899 is truncated within its user agent; the expression ends before that field"
    ),
    "beats_nginx_apache_traefik/apache_test.log": (
      2, 3,
      "lines 5 and 7 have the same name as client, among addresses: it is doubted and counts for nobody"
    ),
    "beats_nginx_apache_traefik/nginx_test-with-host.log": (0, 8, "lists of addresses and `unix:` are clients, too"),
    "beats_nginx_apache_traefik/nginx_test.log": (1, 8, "the same; the malformed line is blank"),
    "crowdsec_visible/traefik_clf.log": (2, 7, "line 5 has `-` for status and size; the malformed lines are blank"),
    "crowdsec_visible/nginx-proxy-manager.log": (
      2, 10, "nginx Proxy Manager's lines are read, too; the malformed lines are two of its error log"
    ),
    "crowdsec_visible/nginx_http-logs.log": (
      1, 8, "line 8 has one word between client and time, which is fine; the malformed line belongs to the error log"
    ),
    "lnav_tests/logfile_bad_access_log.0": (
      0, 3, "line 2 has neither identity nor user, as some servers write it"
    ),
  ]

  @Test(arguments: LogFacts.all.map(\.name)) func countsAreThoseOfTheFacts(_ name: String) async throws {
    let facts = try #require(LogFacts.all.first { $0.name == name })
    let bytes = try await Self.content(of: facts)
    let format = try #require(FormatDetector().detect(bytes.span, 0..<bytes.count).format)
    var parser = LineParser(format)
    var scanner = LineScanner(0..<bytes.count)
    var line = LogLine()
    var (lines, malformed, gets) = (0, 0, 0)
    while let range = scanner.next(in: bytes.span) {
      lines += 1
      if parser.parse(bytes.span, range, into: &line) != nil {
        malformed += 1
      } else if bytes[line.method].elementsEqual("GET".utf8) {
        gets += 1
      }
    }
    let difference = Self.differences[name]
    #expect(lines == facts.lines)
    #expect(malformed == difference?.malformed ?? facts.unfitting, "\(difference?.reason ?? "")")
    if let expected = difference?.gets ?? facts.gets { #expect(gets == expected, "\(difference?.reason ?? "")") }
  }

  @Test func factsAreThere() {
    #expect(LogFacts.all.count >= 50)
    #expect(LogFacts.all.count { $0.gets != nil } >= 50)
    #expect(Set(Self.differences.keys).isSubset(of: LogFacts.all.map(\.name)))
  }

  private static func content(of facts: LogFacts) async throws -> [UInt8] {
    guard facts.name.hasSuffix(".gz") else { return Array(try Data(contentsOf: URL(fileURLWithPath: facts.path))) }
    let plain = FileManager.default.temporaryDirectory.appendingPathComponent("footfall-log-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: plain) }
    let result = try await ChildProcess.run(
      "/bin/bash", ["-c", "gzip -dc < \"$0\" > \"$1\"", facts.path, plain.path], in: URL(fileURLWithPath: "/"),
      environment: ["PATH": "/usr/bin:/bin"])
    #expect(result.code == 0)
    return Array(try Data(contentsOf: plain))
  }
}

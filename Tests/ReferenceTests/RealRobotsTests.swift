import Foundation
import TestSupport
import Testing
import UserAgents

/// Counts the lines of each robot in real logs with nothing but the rules for user agents, and compares with what the
/// binary tells.
@Suite(.enabled(if: SharedData.exists("corpora/FACTS.md"), "needs the real logs of ../shared/corpora"))
struct RealRobotsTests {
  /// Logs in the combined format without repeated lines.
  private static let logs = [
    "nginx_rotated_ajitmp/big-access.log.gz", "nginx_practice_2024/nginx_access.log",
    "crowdsec_visible/nginx_http-logs.log", "apache_combined_elastic/apache_logs",
  ]

  @Test(arguments: logs)
  func eachRobotsLinesAreTold(_ name: String) async throws {
    let path = SharedData.path("corpora/" + name)
    guard FileManager.default.fileExists(atPath: path) else { return }
    let scratch = try Scratch()
    let folder = try scratch.subfolder("robots")
    let output = try await scratch.footfall(
      ["import", path, "--site", "example.com", "--db", "stats.db", "--json", "--final"], in: folder)
    let books = try JSONDecoder().decode(Books.self, from: Data(output.utf8))
    let read = path.hasSuffix(".gz") ? "gzip -dc" : "cat"
    let text = try await scratch.bash("\(read) '\(path)'", in: folder)
    let told = try await scratch.footfall(
      ["export", "json", "--table", "robot_requests_daily", "--db", "stats.db"], in: folder)
    let counted = try Self.recount(text)
    #expect(try Self.sums(told) == counted)
    #expect(books.outcomes["bot(user_agent)"] == counted.values.reduce(0, +))
    #expect(counted.count > 2)
  }

  /// Returns the number of lines of each robot by the last quoted field of each line.
  private static func recount(_ text: String) throws -> [String: Int] {
    let parser = UserAgentParser(
      CompiledRules(try UserAgentRules(browsers: rules("browsers"), crawlers: rules("crawlers"))))
    var sums: [String: Int] = [:]
    // Requests to a proxy for another site belong to no site.
    for line in text.split(separator: "\n") where !line.contains(/"[A-Z]+ https?:/) {
      guard
        let match = line.firstMatch(
          of: /^\S+ .*\[[^\]]+\] "(?:[^"\\]|\\.)*" \d+ \S+ "(?:[^"\\]|\\.)*" "((?:[^"\\]|\\.)*)"/)
      else { continue }
      let agent = Array(match.output.1.replacing("\\\"", with: "\"").utf8)
      if agent.isEmpty || agent == [0x2D] {
        sums["(none)", default: 0] += 1
      } else if case .bot(let robot) = parser.judge(agent.span) {
        sums[robot.name, default: 0] += 1
      }
    }
    return sums
  }

  private static func rules(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: BuiltFootfall.ruleData.appendingPathComponent("\(name).rules")))
  }

  private struct Row: Decodable {
    var robot: String
    var requests: Int
  }

  private static func sums(_ json: String) throws -> [String: Int] {
    let rows = try JSONDecoder().decode([Row].self, from: Data(json.utf8))
    return rows.reduce(into: [:]) { $0[$1.robot, default: 0] += $1.requests }
  }
}

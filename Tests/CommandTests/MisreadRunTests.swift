import Foundation
import TestSupport
import Testing

/// Logs with a run of lines that mean something else, or have another shape. Wherever the run is and however short, the
/// import says so, and a text that it names reads all of the log.
@Suite struct MisreadRunTests {
  private static let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

  /// The run, and whether there is a text that reads it together with the lines around it.
  struct Run: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var says: String
    var hasText = true
    var isJSON = false
    let line: @Sendable (_ number: Int, _ time: String) -> String
  }

  /// Lines before the run, in it and behind it.
  struct Place: CustomTestStringConvertible, Sendable {
    var before: Int
    var run: Int
    var behind: Int
    var testDescription: String { "\(before) + \(run) + \(behind)" }
    var lines: Int { before + run + behind }
  }

  /// Returns one of many addresses, in the network for benchmarks (RFC 2544).
  private static func visitor(_ number: Int) -> String { "198.18.\(number / 200).\(number % 200)" }
  private static func proxy(_ number: Int) -> String { "203.0.113.\(number % 3)" }
  private static func inner(_ number: Int) -> String { "10.0.0.\(number % 2 + 8)" }
  private static func common(_ client: String, _ time: String) -> String {
    "\(client) - - [\(time)] \"GET /p HTTP/1.1\" 200 5"
  }
  private static func combined(_ client: String, _ time: String) -> String {
    "\(common(client, time)) \"-\" \"\(agent)\""
  }
  private static func json(_ clients: String, _ time: String) -> String {
    #"{"time_local":"\#(time)",\#(clients),"request":"GET /p HTTP/1.1","status":200,"http_user_agent":"\#(agent)"}"#
  }

  static let runs = [
    Run(testDescription: "private peers, and the client behind", says: "private networks") {
      "\(combined(inner($0), $1)) xff=\(visitor($0))"
    },
    Run(testDescription: "private peers, and the client as user", says: "private networks") {
      "\(inner($0)) - \(visitor($0)) [\($1)] \"GET /p HTTP/1.1\" 200 5 \"-\" \"\(agent)\""
    },
    Run(testDescription: "private peers, and no client", says: "--format 'combined'", hasText: false) {
      combined(inner($0), $1)
    },
    Run(testDescription: "a CDN in front", says: "many more addresses") {
      "\(combined(proxy($0), $1)) xff=\(visitor($0))"
    },
    Run(testDescription: "agent and referrer swapped", says: "contains something else", hasText: false) {
      "\(common(visitor($0), $1)) \"\(agent)\" \"https://example.org/\""
    },
    Run(testDescription: "a cookie before the agent", says: "match no format") {
      "\(common(visitor($0), $1)) \"-\" \"a=1; b=2\" \"\(agent)\""
    },
    Run(testDescription: "another address in front", says: "match no format") {
      "\(visitor($0)) \(combined(inner($0), $1))"
    },
    Run(testDescription: "another shape", says: "match no format") {
      "\(visitor($0))|\($1)|GET|/p|200|\(agent)"
    },
    Run(testDescription: "another key", says: "visitor", isJSON: true) {
      json(#""remote_addr":"\#(inner($0))","visitor":"\#(visitor($0))""#, $1)
    },
    Run(testDescription: "another key behind a CDN", says: "visitor", isJSON: true) {
      json(#""remote_addr":"\#(proxy($0))","visitor":"\#(visitor($0))""#, $1)
    },
  ]
  static let places = [
    Place(before: 0, run: 40, behind: 1_200), Place(before: 300, run: 100, behind: 0),
    Place(before: 400, run: 14, behind: 200), Place(before: 2_500, run: 20, behind: 0),
  ]

  @Test(arguments: runs, places) func isTold(_ run: Run, _ place: Place) async throws {
    let lines = (1...place.lines).map { number in
      let time = String(
        format: "10/Nov/2025:%02d:%02d:%02d +0000", number / 600, number / 10 % 60, number % 10 * 6)
      if place.before < number, number <= place.before + place.run { return run.line(number, time) + "\n" }
      let client = Self.visitor(number)
      return (run.isJSON ? Self.json(#""remote_addr":"\#(client)""#, time) : Self.combined(client, time)) + "\n"
    }
    let workshop = try Workshop()
    let log = try workshop.write(lines, to: "access.log")
    let books = try await workshop.importing(log)
    #expect(books.code == 2)
    #expect(books.errors.contains("--format"), "\(books.errors)")
    #expect(books.errors.contains(run.says) || books.errors.contains("lines are malformed"), "\(books.errors)")
    // What is converted is what would be counted, so it is told too.
    let converted = try await workshop.footfall(
      "convert", log, "--site", "example.com", "--tracking-id", "gx_exampletest1")
    #expect(converted.code == 2)
    #expect(
      converted.errors.contains(run.says) || converted.errors.contains("do not match the format"),
      "\(converted.errors)")
    #expect(!converted.errors.contains("footfall undo"))
    let text = books.errors.firstMatch(of: /this format may fit: --format '([^']*)'/)?.1
    #expect((text != nil) == run.hasText, "\(books.errors)")
    guard let text else { return }
    let other = try Workshop()
    let read = try await other.importing(try other.write(lines, to: "access.log"), ["--format", String(text)])
    #expect(read.code == 0, "\(text): \(read.errors)")
    let all = "\(place.lines)"
    #expect(try await other.dump().contains("total\t0\t\(all)\t\(all)\t\(all)\t"), "\(text)")
  }

  /// Lines that look alike and are right.
  struct Other: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var agent = MisreadRunTests.agent
    var end = ""
    let client: @Sendable (_ number: Int) -> String
  }

  static let others = [
    Other(testDescription: "an office") { "10.1.\($0 % 7).\($0 % 50)" },
    Other(testDescription: "the operator for a while") { _ in "192.168.1.2" },
    Other(testDescription: "checks of health", agent: "kube-probe/1.31") { _ in "10.0.0.9" },
    Other(testDescription: "a scanner", end: " \"\u{16}") { _ in "192.0.2.7" },
  ]

  @Test(arguments: others) func isNotTold(_ other: Other) async throws {
    let lines = (1...600).map { number in
      // The run is a burst: all of it comes in the time of three other lines.
      let isOdd = (401...430).contains(number)
      let second = isOdd ? 401 : number
      let time = String(format: "10/Nov/2025:10:%02d:%02d +0000", second / 60 % 60, second % 60)
      guard isOdd else { return Self.combined(Self.visitor(number), time) + "\n" }
      return "\(Self.common(other.client(number), time)) \"-\" \"\(other.agent)\"\(other.end)\n"
    }
    let workshop = try Workshop()
    let books = try await workshop.importing(workshop.write(lines, to: "access.log"))
    #expect(books.code == 0, "\(books.errors)")
  }
}

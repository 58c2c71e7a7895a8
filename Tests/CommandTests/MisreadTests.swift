import Foundation
import Testing

/// Logs that a known format matches although the client, the host or the user agent is elsewhere. Each is told, with
/// exit code 2, and never counted in silence.
@Suite struct MisreadTests {
  private static let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

  /// A log of 400 lines, or 60, and what the message about it says.
  struct Log: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var lines = 60
    let says: String
    let line: @Sendable (_ number: Int, _ time: String) -> String
  }

  /// Returns one of many addresses, in the network for benchmarks (RFC 2544).
  private static func visitor(_ number: Int) -> String { "198.18.\(number / 200).\(number % 200)" }
  private static func proxy(_ number: Int) -> String { "203.0.113.\(number % 3)" }
  private static func request(_ agent: String) -> String { "\"GET /p HTTP/1.1\" 200 5 \"-\" \"\(agent)\"" }

  static let logs = [
    Log(testDescription: "a CDN in front from line 100 on", lines: 400, says: "many more addresses") { number, time in
      number < 100
        ? "\(visitor(number)) - - [\(time)] \(request(agent))"
        : "\(proxy(number)) - - [\(time)] \(request(agent)) xff=\(visitor(number))"
    },
    Log(testDescription: "another JSON key from line 100 on", lines: 400, says: "address=visitor") { number, time in
      let client =
        number < 100
        ? #""remote_addr":"\#(visitor(number))""# : #""remote_addr":"10.0.0.9","visitor":"\#(visitor(number))""#
      return #"{"time_local":"\#(time)",\#(client),"request":"GET /p HTTP/1.1","status":200,"#
        + #""http_user_agent":"\#(agent)"}"#
    },
    Log(testDescription: "agent and client behind granian's fields", says: "the user agent is in a later field") {
      number, time in "[\(time)] 10.0.0.9 - - \(request(agent)) \"\(visitor(number))\""
    },
    Log(testDescription: "peers with ports", says: "many more addresses") { number, time in
      "\(proxy(number)):\(40_000 + number) - - [\(time)] \(request(agent)) \(visitor(number))"
    },
    Log(testDescription: "ids of requests in front", says: "its host field has no host names") { number, time in
      "\(String(UInt32(number) &* 2_654_435_761, radix: 16)) \(visitor(number)) - - [\(time)] \(request(agent))"
    },
    Log(testDescription: "malformed lines among many of robots", lines: 30, says: "4 of 30 lines are malformed") {
      number, time in
      number > 26
        ? "no line of a log"
        : "\(visitor(number)) - - [\(time)] \(request(number > 11 ? "Examplebot/1.0 (+https://example.com/bot)" : agent))"
    },
  ]

  @Test(arguments: logs) func isTold(_ log: Log) async throws {
    let workshop = try Workshop()
    let lines = (1...log.lines).map { number in
      let (minute, second) = (number / 60, number % 60)
      return log.line(number, String(format: "10/Nov/2025:10:%02d:%02d +0000", minute, second)) + "\n"
    }
    let books = try await workshop.importing(workshop.write(lines, to: "access.log"))
    #expect(books.code == 2)
    #expect(books.errors.contains(log.says), "\(books.errors)")
  }

  /// IIS has no field for the client behind a proxy; its operator adds one under a name of their own.
  @Test(arguments: ["X-Forwarded-For", "CF-Connecting-IP", "True-Client-IP", "ClientIP", "OriginalIP"])
  func readsColumnsThatIISOperatorsAdd(_ column: String) async throws {
    let workshop = try Workshop()
    let header = "#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent) \(column)\n"
    let agent = Self.agent.replacing(" ", with: "+")
    let lines = (1...20).map { "2025-11-10 10:00:\($0 + 10) 10.0.0.9 GET /p 200 \(agent) \(Self.visitor($0))\n" }
    let books = try await workshop.importing(workshop.write([header] + lines, to: "iis.log"))
    #expect(books.code == 0, "\(books.errors)")
    let dump = try await workshop.dump()
    #expect(dump.contains("example.com\t2025-11-10\ttotal\t0\t20\t20\t"), "\(dump.prefix(200))")
  }
}

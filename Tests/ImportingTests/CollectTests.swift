import Foundation
import Hits
import ImportSupport
@testable import Importing
import StatsStore
import TestSupport
import Testing

/// Collect requests are counted like lines of logs: by the same pipeline, with the same ledger.
@Suite struct CollectTests {
  private static let rules = [
    "/page/1* -> Looked {page: $path, from: $referrer}", "POST|PUT 2xx -> Sent {code: $status}",
  ]

  private static func collect(
    _ scratch: Scratch, _ paths: [String], workers: Int = 2, windowLines: Int = 500_000
  ) throws -> ImportSummary {
    var options = scratch.options(paths, site: nil)
    options.reading.readsRequests = true
    options.workers = workers
    options.windowLines = windowLines
    return try ImportRun(options).run(onProblem: { Issue.record("\($0)") }, onProgress: { _ in })
  }

  /// Makes a site that identifies robots by user agent only; a log shows more of their behaviour than requests do.
  private static func addSite(_ scratch: Scratch, _ host: String) throws -> String {
    try SiteAdding(database: scratch.database, wait: 0).add(SiteDefinition(host: host, behaviour: "off")).trackingID
  }

  private static func convert(_ options: ImportOptions, to path: String) throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let file = try #require(FileHandle(forWritingAtPath: path))
    let isComplete = try ConvertRun(options, trackingID: nil).run(onProblem: { _ in }) { bodies in
      try file.write(contentsOf: bodies)
    }
    #expect(isComplete)
    try file.close()
  }

  /// Returns the dump without what only a log contains: pages not found, and what robots were answered.
  private static func ofPeople(_ scratch: Scratch) throws -> [Substring] {
    let others = ["not_found", "robot_class", "robot", "robot_page", "feed"].map { "\t\($0)\t" }
    return try scratch.dump().split(separator: "\n").filter { line in !others.contains { line.contains($0) } }.map {
      line in
      // Requests do not tell who was seen loading parts of pages.
      line.hasPrefix("agg") ? line.prefix(upTo: line.lastIndex(of: "\t") ?? line.endIndex) : line
    }
  }

  /// Lines of any format are counted the same when they are sent as requests.
  @Test(arguments: [
    "alb", "caddy", "cloudfront", "combined", "combined_forwarded", "common", "elb", "haproxy", "json", "ltsv", "mixed",
    "s3", "syslog_combined", "traefik", "vhost_combined", "w3c",
  ])
  func requestsOfALogCountAsTheLog(_ format: String) throws {
    let log = SharedData.packageRoot.appendingPathComponent("fixtures/formats/\(format).log").path
    let events = ["ANY 4xx -> Failed {path: $path, code: $status}", "/docs/* -> Read {page: $path, q: $query.q}"]
    let (imported, collected) = (try Scratch(), try Scratch())
    for scratch in [imported, collected] { _ = try Self.addSite(scratch, "example.com") }
    let options = imported.options([log], site: "example.com", events: events)
    let summary = try ImportRun(options).run(onProblem: { _ in }, onProgress: { _ in })
    #expect(summary.outcomes[.pageview] > 0)
    try Self.convert(
      collected.options([log], site: "example.com", events: events), to: collected.folder + "/bodies")
    let books = try Self.collect(collected, [collected.folder + "/bodies"]).outcomes
    #expect(books[.pageview] == summary.outcomes[.pageview])
    #expect(try Self.ofPeople(collected) == Self.ofPeople(imported))
  }

  @Test func resultsHangOnNeitherWorkersNorWindowsNorOrder() throws {
    let log = Scratch.lines(day: 1, count: 2_000, seed: 71) + Scratch.lines(day: 2, count: 1_000, seed: 72)
    let lines = log.enumerated().map { number, line in number % 7 == 0 ? line.replacing("GET", with: "POST") : line }
    let whole = try Scratch()
    _ = try Self.addSite(whole, "example.com")
    try whole.importLines(lines, events: Self.rules)
    for (workers, windowLines) in [(1, 500_000), (2, 700), (3, 100), (8, 1)] {
      let scratch = try Scratch()
      _ = try Self.addSite(scratch, "example.com")
      let path = try scratch.write(lines)
      let bodies = scratch.folder + "/bodies"
      try Self.convert(scratch.options([path], site: "example.com", events: Self.rules), to: bodies)
      let text = try String(contentsOfFile: bodies, encoding: .utf8).split(separator: "\n").map(String.init)
      let half = try scratch.write(Array(text.prefix(text.count / 2)), to: "half")
      #expect(try Self.collect(scratch, [half], workers: workers).outcomes.total == text.count / 2)
      let books = try Self.collect(scratch, [bodies], workers: workers, windowLines: windowLines).outcomes
      #expect(books[.alreadyImported] == text.count / 2)
      #expect(books.total == text.count)
      #expect(try scratch.dump() == (try whole.dump()))
    }
  }

  /// A body without a timestamp is counted at the time it is read.
  @Test func timeIsNowWhereNoneIsTold() throws {
    let scratch = try Scratch()
    let id = try Self.addSite(scratch, "example.com")
    let path = try scratch.write([#"{"tracking_id":"\#(id)","url":"/","pathname":"/"}"#])
    let before = Int32(Date().timeIntervalSince1970 / 86_400)
    #expect(try Self.collect(scratch, [path]).outcomes[.pageview] == 1)
    #expect(try scratch.store().openDays().contains { $0.day == before || $0.day == before + 1 })
  }

  /// That a file was read as a log before does not matter when it is read as requests.
  @Test func aFileThatWasReadAsALogIsReadAgain() throws {
    let scratch = try Scratch()
    let id = try Self.addSite(scratch, "example.com")
    let path = try scratch.write([#"{"tracking_id":"\#(id)","url":"/","pathname":"/","timestamp":1725174000}"#])
    var options = scratch.options([path], site: "example.com")
    options.maxRejectRate = 1
    options.reading.format = "combined"
    #expect(try ImportRun(options).run(onProblem: { _ in }, onProgress: { _ in }).outcomes.rejects == 1)
    #expect(try Self.collect(scratch, [path]).outcomes.total == 1)
  }

  @Test func anUnknownTrackingIDIsListed() throws {
    let scratch = try Scratch()
    _ = try Self.addSite(scratch, "example.com")
    let body = #"{"tracking_id":"gx_AAAAAAAAAAAA","url":"/","pathname":"/","timestamp":1725174000}"#
    let summary = try Self.collect(scratch, [try scratch.write([body, body])])
    #expect(summary.outcomes[.unknownSite] == 2)
    #expect(summary.unknownHosts.map(\.host) == ["gx_AAAAAAAAAAAA"] && summary.unknownHosts.map(\.lines) == [2])
  }
}

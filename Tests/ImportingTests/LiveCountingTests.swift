import Collecting
import Foundation
import Hits
import ImportSupport
import Sealing
import StatsStore
import TestSupport
import Testing

@testable import Importing

/// Requests of the collect API count like the lines of a log with the same facts, whatever other writers do
/// meanwhile.
@Suite struct LiveCountingTests {
  static let day: Int32 = 19_967
  private let scratch: Scratch
  private let site: SiteProfile

  init() throws {
    scratch = try Scratch()
    site = try scratch.store().site(host: "example.com", timeZone: nil, byImport: false, now: 0)
  }

  private func counting() throws -> LiveCounting {
    try LiveCounting(scratch.options([], site: nil))
  }

  /// Returns the request for a line made by ``Scratch/lines(day:count:seed:)``.
  private func sent(_ line: String) throws -> LiveRequest {
    let parts = try #require(
      line.firstMatch(of: /^(\S+) - - \[0(\d)\/Sep\/2024:(\d\d):(\d\d):(\d\d) \+0000\] "GET (\S+) .*"-" "(.*)"$/)
    ).output
    let clock = [parts.3, parts.4, parts.5].compactMap { Int64($0) }
    let day = Int64(Self.day) - 1 + (Int64(parts.2) ?? 0)
    return request(
      path: String(parts.6), ip: String(parts.1), agent: String(parts.7),
      at: day * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2])
  }

  private func request(
    _ trackingID: String? = nil, path: String = "/", ip: String = "192.0.2.1",
    agent: String = "Mozilla/5.0 (X11) Firefox/130.0", at time: Int64 = Int64(day) * 86_400, onlySite: UInt32? = nil
  ) -> LiveRequest {
    var request = CollectRequest()
    request.timestamp = time
    request.set(.trackingID) { $0 += Array((trackingID ?? site.trackingID).utf8) }
    request.set(.url) { $0 += Array(("https://example.com" + path).utf8) }
    request.set(.pathname) { $0 += Array(path.utf8) }
    request.set(.ip) { $0 += Array(ip.utf8) }
    request.set(.userAgent) { $0 += Array(agent.utf8) }
    return LiveRequest(request, onlySite: onlySite)
  }

  /// Returns the statistics after importing the lines into a new database.
  private func imported(_ lines: [String]) throws -> String {
    let other = try Scratch()
    try other.importLines(lines)
    return try other.dump()
  }

  /// Counts lines in small groups, as if several callers sent them.
  private func count(_ lines: [String], _ counting: LiveCounting, seed: UInt64) throws {
    var chance = SeededGenerator(seed: seed)
    var rest = lines[...]
    while !rest.isEmpty {
      let group = rest.prefix(Int.random(in: 1...20, using: &chance))
      rest = rest.dropFirst(group.count)
      let answers = try counting.count(try group.map(sent))
      #expect(answers.allSatisfy { $0 == .ended(.pageview) })
      if Int.random(in: 0..<10, using: &chance) == 0 { _ = try counting.maintain() }
    }
    while try counting.maintain() {}
  }

  @Test(arguments: [71, 72] as [UInt64]) func requestsCountAsLines(_ seed: UInt64) throws {
    let lines = Scratch.lines(day: 1, count: 900, seed: seed) + Scratch.lines(day: 2, count: 300, seed: seed)
    try count(lines, try counting(), seed: seed)
    #expect(try scratch.dump() == imported(lines))
    let record = try #require(try scratch.store().importRecord(1))
    #expect(record.outcomes[.pageview] == lines.count && record.outcomes.total == lines.count)
    #expect(record.finishedAt != nil)
  }

  /// An import holds the writer's lock all the time, but neither waits for the other.
  @Test func anImportMeanwhileLosesAndDoublesNothing() async throws {
    let lines = Scratch.lines(day: 1, count: 20_000, seed: 73)
    let (logged, others) = (Array(lines.prefix(18_000)), Array(lines.suffix(2_000)))
    var options = scratch.options([try scratch.write(logged)], site: "example.com")
    options.windowLines = 500
    let box = options
    let importing = Task.detached { try ImportRun(box).run(onProblem: { _ in }, onProgress: { _ in }).outcomes }
    let counting = try counting()
    var rest = others[...]
    while !rest.isEmpty {
      _ = try counting.count(try rest.prefix(3).map(sent))
      rest = rest.dropFirst(3)
    }
    #expect(try await importing.value[.pageview] == logged.count)
    while try counting.maintain() {}
    #expect(try scratch.dump() == imported(lines))
  }

  @Test func whatOthersDoIsSeenAtOnce() throws {
    let counting = try counting()
    #expect(try counting.count([request()]) == [.ended(.pageview)])
    try scratch.withSealing { sealing, store in
      try store.rebuildDirtyDays()
      #expect(try sealing.seal(.fixed(Self.day...Self.day), andEarlier: true, site: nil, now: 2_000_000_000).count == 1)
    }
    #expect(try scratch.salts().isEmpty)
    let tomorrow = request(at: Int64(Self.day + 1) * 86_400)
    #expect(try counting.count([request(), tomorrow]) == [.ended(.late), .ended(.pageview)])
    #expect(try scratch.salts() == ["2024-09-02"])
  }

  @Test func aDayOfRequestsCanBeTakenBack() throws {
    try scratch.importLines(Scratch.lines(day: 1, count: 200, seed: 74))
    let before = try scratch.dump()
    let counting = try counting()
    #expect(try counting.count([request(), request()]) == [.ended(.pageview), .ended(.pageview)])
    while try counting.maintain() {}
    #expect(try scratch.dump() != before)
    try scratch.undo(2)
    #expect(try scratch.dump() == before)
    #expect(try counting.count([request()]) == [.ended(.pageview)])
    #expect(try scratch.store().importRecord(3)?.outcomes[.pageview] == 1)
  }

  @Test func answersTellWhatBecameOfEachRequest() throws {
    let store = try scratch.store()
    var plan = SitePlan()
    plan.monthlyCap = 2
    try store.setPlan(plan, of: site)
    let off = try store.site(host: "off.example", timeZone: nil, byImport: false, now: 0)
    plan = SitePlan()
    plan.hasAPI = false
    try store.setPlan(plan, of: off)

    let nextMonth = Int64(Self.day + 30) * 86_400
    let requests = [
      request("gx_222222222222"), request(off.trackingID), request(onlySite: off.id),
      request(agent: "Googlebot/2.1"), request(onlySite: site.id), request(), request(), request(at: nextMonth),
    ]
    let expected: [LiveAnswer] = [
      .ended(.unknownSite), .noPlan, .otherSite, .ended(.botUserAgent), .ended(.pageview), .ended(.pageview),
      .ended(.capExceeded), .ended(.pageview),
    ]
    let counting = try counting()
    #expect(try counting.count(requests) == expected)
    let later = try counting.count([request(), request(at: nextMonth), request(at: nextMonth)])
    #expect(later == [.ended(.capExceeded), .ended(.pageview), .ended(.capExceeded)])
    let another = try self.counting()
    #expect(try another.count([request()]) == [.ended(.capExceeded)])
    let books = try #require(try store.importRecord(1)).outcomes
    #expect(books.total == 9 && books[.capExceeded] == 3 && books[.unknownSite] == 1 && books[.botUserAgent] == 1)
  }
}

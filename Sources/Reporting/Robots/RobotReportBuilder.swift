import Hits
import Rollups
import StatsStore

/// Builds the report on robots from the statistics of a site.
struct RobotReportBuilder {
  let statistics: SiteStatistics
  let days: ClosedRange<Int32>
  let interval: TrendInterval
  let limit: Int
  /// The name of the only robot to report on; nil for all.
  let only: String?

  /// The number of pages that are compared between assistants and people.
  private static let comparedPages = 1_000

  /// Returns the report.
  ///
  /// - Throws: `StoreError`.
  func report() throws -> RobotReport {
    var report = RobotReport()
    report.only = only
    try addRobots(to: &report)
    try addPages(to: &report)
    try addFeeds(to: &report)
    return report
  }

  private func isAsked(_ name: String) -> Bool { only.map { $0.lowercased() == name.lowercased() } ?? true }

  private struct RobotKey: Hashable {
    var name: String
    var kind: String
    var identity: String
  }

  private func addRobots(to report: inout RobotReport) throws {
    let steps = interval.steps(of: days)
    var robots: [RobotKey: RobotReport.Robot] = [:]
    var operators: [String: RobotReport.Operator] = [:]
    var trend = steps.labels.map { RobotReport.Step(label: $0) }
    var hasAI = false
    try statistics.forEachRobot(in: days) { day, row in
      guard isAsked(row.name) else { return }
      report.requests += row.requests
      report.bytes += row.bytes
      let key = RobotKey(name: row.name, kind: row.kind, identity: row.identity)
      robots[
        key,
        default: RobotReport.Robot(
          name: row.name, operator: row.operator, kind: row.kind, identity: row.identity, first: day, last: day)
      ].add(row, on: day)
      guard let purpose = AIPurpose(rawValue: row.kind) else { return }
      hasAI = true
      let step = steps.step(ofDay: day)
      trend[step].requests[purpose, default: 0] += row.requests
      operators[
        row.operator,
        default: RobotReport.Operator(name: row.operator, trend: [Int64](repeating: 0, count: trend.count))
      ].add(row.requests, purpose, step)
    }
    if only == nil { try addVisits(to: &operators, steps: trend.count) }
    report.robots = RobotReport.List(
      robots.values.sorted { ($1.requests, $0.name, $0.identity) < ($0.requests, $1.name, $1.identity) }, limit: limit)
    report.operators = Array(
      operators.values.sorted { ($1.total, $1.visits, $0.name) < ($0.total, $0.visits, $1.name) }.prefix(limit))
    report.trend = hasAI ? trend : []
  }

  /// Adds the visits that came from assistants to those who run them.
  private func addVisits(to operators: inout [String: RobotReport.Operator], steps: Int) throws {
    for row in try statistics.top(.source, in: days, limit: Self.comparedPages).rows {
      guard let name = AssistantOperators.operator(ofSource: row.value) else { continue }
      operators[
        name, default: RobotReport.Operator(name: name, trend: [Int64](repeating: 0, count: steps))
      ].visits += row.counts.visits
    }
  }

  private func addPages(to report: inout RobotReport) throws {
    var asked: [String: Int64] = [:]
    var served: [String: Int64] = [:]
    var broken: [[String]: Int64] = [:]
    var fetched: Set<String> = []
    try statistics.forEachRobotPage(in: days) { _, row in
      guard isAsked(row.name), let purpose = AIPurpose(rawValue: row.kind), purpose.isOfAssistants else { return }
      fetched.insert(row.page)
      guard Self.isForReading(row.thing) else { return }
      let isServed = row.answer == AnswerKind.ok.name || row.answer == AnswerKind.notModified.name
      if isServed { served[row.page, default: 0] += row.requests }
      guard purpose == .user else { return }
      asked[row.page, default: 0] += row.requests
      if !isServed, row.answer != AnswerKind.redirect.name {
        broken[[row.page, row.answer], default: 0] += row.requests
      }
    }
    report.asked = list(asked)
    report.broken = RobotReport.List(
      broken.map { RobotReport.Page(page: $0.key[0], answer: $0.key[1], count: $0.value) }.sorted(by: Self.precedes),
      limit: limit)
    // If pages of robots were summed up, nobody knows whether a page is among them.
    guard only == nil, !fetched.isEmpty, !fetched.contains(StatsStore.otherValues) else { return }
    let viewed = try statistics.top(.page, in: days, limit: Self.comparedPages)
    report.unfetched = RobotReport.List(
      viewed.rows.filter { !fetched.contains($0.value) && $0.value != StatsStore.otherValues }
        .map { RobotReport.Page(page: $0.value, count: $0.counts.visitors) }, limit: limit)
    let most = served.map { RobotReport.Page(page: $0.key, count: $0.value) }.sorted(by: Self.precedes)
      .prefix(Self.comparedPages)
    let unviewed = Set(try statistics.unviewed(most.map(\.page), in: days))
    report.unviewed = RobotReport.List(most.filter { unviewed.contains($0.page) }, limit: limit)
  }

  /// Whether people would read such a thing, too.
  private static func isForReading(_ thing: String) -> Bool {
    thing == FetchedThing.page.name || thing == FetchedThing.document.name
  }

  private func list(_ counts: [String: Int64]) -> RobotReport.List<RobotReport.Page> {
    RobotReport.List(
      counts.map { RobotReport.Page(page: $0.key, count: $0.value) }.sorted(by: Self.precedes), limit: limit)
  }

  private static func precedes(_ left: RobotReport.Page, _ right: RobotReport.Page) -> Bool {
    (right.count, left.page, left.answer) < (left.count, right.page, right.answer)
  }

  private func addFeeds(to report: inout RobotReport) throws {
    var feeds: [[String]: RobotReport.Feed] = [:]
    try statistics.forEachFeed(in: days) { _, row in
      guard isAsked(row.reader) else { return }
      let key = [row.page, row.reader]
      var feed = feeds[key] ?? RobotReport.Feed(page: row.page, reader: row.reader)
      feed.requests += row.requests
      feed.readers = max(feed.readers, row.readers)
      feeds[key] = feed
    }
    report.feeds = RobotReport.List(
      feeds.values.sorted {
        ($1.readers, $1.requests, $0.page, $0.reader) < ($0.readers, $0.requests, $1.page, $1.reader)
      },
      limit: limit)
  }
}

extension RobotReport.Robot {
  fileprivate mutating func add(_ row: SiteStatistics.RobotRow, on day: Int32) {
    requests += row.requests
    bytes += row.bytes
    things[row.thing, default: 0] += row.requests
    answers[row.answer, default: 0] += row.requests
    last = day
    if `operator`.isEmpty { `operator` = row.operator }
  }
}

extension RobotReport.Operator {
  fileprivate mutating func add(_ more: Int64, _ purpose: AIPurpose, _ step: Int) {
    requests[purpose, default: 0] += more
    trend[step] += more
  }
}

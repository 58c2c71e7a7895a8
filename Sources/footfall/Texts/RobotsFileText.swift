import Hits
import Reporting
import UserAgents

/// The requests of robots for pages that a robots.txt disallows, for people and for scripts.
struct RobotsFileText {
  /// The main host of the site.
  let site: String
  /// The file.
  let file: RobotsFile
  /// The requests compared with it.
  let check: RobotsFileCheck
  /// The most rows of a list.
  let limit: Int

  /// Returns the sums of each robot, the requests, and what was not checked.
  ///
  /// - Parameter width: the width of the terminal; nil if there is none.
  func text(width: Int?) -> String {
    let blocks = [heading, robots(width: width), requests(width: width), notes.map { $0 + "\n" }.joined()]
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var heading: String {
    let rules = file.rules == 1 ? "1 rule" : "\(NumberText.grouped(file.rules)) rules"
    let requests = check.checked == 1 ? "1 request" : "\(NumberText.grouped(check.checked)) requests"
    let period = check.days.map { [DayText.range($0)] } ?? []
    return ([site] + period + [rules, "\(requests) checked"]).joined(separator: " · ") + "\n"
  }

  private func robots(width: Int?) -> String {
    let offenders = check.offenders
    guard !offenders.isEmpty else {
      guard check.days == nil else { return "no robot fetched what the file disallows\n" }
      return "no requests of robots in this period; days that an earlier version counted have none\n"
    }
    var table = ColumnText([
      ("requests", .right), ("of all", .right), ("class", .left), ("robot", .left),
    ])
    for sum in offenders.prefix(limit) {
      table.add([
        NumberText.grouped(sum.disallowed), NumberText.grouped(sum.requests), sum.fetcher.kind, sum.fetcher.robot,
      ])
    }
    return "Robots that fetched what the file disallows\n" + table.text(width: width) + more(offenders.count)
  }

  private func requests(width: Int?) -> String {
    guard !check.findings.isEmpty else { return "" }
    var table = ColumnText([
      ("day", .left), ("robot", .left), ("class", .left), ("requests", .right), ("line", .right), ("page", .left),
    ])
    for finding in check.findings {
      table.add([
        DayName.name(finding.day), finding.fetcher.robot, finding.fetcher.kind, NumberText.grouped(finding.requests),
        String(finding.line), finding.page,
      ])
    }
    return "Disallowed pages, by the line of the file\n" + table.text(width: width) + more(check.allFindings)
  }

  private func more(_ all: Int) -> String {
    all > limit ? "  … and \(NumberText.grouped(all - limit)) more (--limit)\n" : ""
  }

  private var notes: [String] {
    var notes: [String] = []
    if !check.findings.isEmpty {
      // Google, "List of Google user-triggered fetchers" and "Feedfetcher"; Perplexity, "Perplexity Crawlers".
      notes.append(
        "Robots of the classes ai_user, social_preview and feed_reader fetch what a person has asked for, linked to or "
          + "subscribed to; several of their operators state that they ignore robots.txt.")
      notes.append("Names are as the robots claim them.")
    }
    if file.rulesWithQuery > 0 {
      let rules =
        file.rulesWithQuery == 1
        ? "1 rule with a question mark was" : "\(file.rulesWithQuery) rules with a question mark were"
      notes.append("\(rules) not checked: queries are not stored, so pages are compared without them.")
    }
    if check.unchecked > 0 {
      notes.append(
        "\(NumberText.grouped(check.unchecked)) requests of robots without a name, or for pages that the days did not keep, "
          + "were not checked.")
    }
    if file.isCut {
      notes.append("Only the first \(RobotsFile.mostBytes / 1_024) KiB of the file were read.")
    }
    return notes
  }

  /// Returns the same as one JSON object; docs/cli.md documents the keys.
  func json() throws -> String {
    try JSONText.of(
      Document(
        site: site, since: check.days.map { DayName.name($0.lowerBound) },
        until: check.days.map { DayName.name($0.upperBound) }, rules: file.rules,
        rules_not_checked: file.rulesWithQuery,
        requests_checked: check.checked, requests_not_checked: check.unchecked, robots_found: check.offenders.count,
        robots: check.offenders.prefix(limit).map(Robot.init), pages_found: check.allFindings,
        pages: check.findings.map(Page.init)))
  }

  private struct Document: Encodable {
    var site: String
    var since: String?
    var until: String?
    var rules: Int
    var rules_not_checked: Int
    var requests_checked: Int64
    var requests_not_checked: Int64
    var robots_found: Int
    var robots: [Robot]
    var pages_found: Int
    var pages: [Page]
  }

  private struct Robot: Encodable {
    var robot: String
    var `class`: String
    var disallowed_requests: Int64
    var requests: Int64

    init(_ sum: RobotsFileCheck.Sum) {
      robot = sum.fetcher.robot
      `class` = sum.fetcher.kind
      disallowed_requests = sum.disallowed
      requests = sum.requests
    }
  }

  private struct Page: Encodable {
    var day: String
    var robot: String
    var `class`: String
    var page: String
    var requests: Int64
    var line: Int

    init(_ finding: RobotsFileCheck.Finding) {
      day = DayName.name(finding.day)
      robot = finding.fetcher.robot
      `class` = finding.fetcher.kind
      page = finding.page
      requests = finding.requests
      line = finding.line
    }
  }
}

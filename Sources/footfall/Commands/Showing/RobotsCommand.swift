import ArgumentParser
import Foundation
import Hits
import Importing
import Sealing
import StatsStore
import UserAgents

struct RobotsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "robots",
    abstract: "Show user agents that no rule knows, or what robots fetched in spite of robots.txt.",
    discussion: """
      --unknown reads logs and lists two kinds of user agents: those of people whose browser is unknown, and those of \
      robots that are in no list and were found by what robots have in common. No database is needed. User agents are \
      shown by their shape: numbers become N, identifiers X, web addresses their host, and mail addresses @. Other \
      words stay as they were sent.

      --robots-txt compares the robots' requests in the database with a robots.txt, as if it had been the same on all \
      days. Of several rules for a page, the longest one decides (RFC 9309). Queries are not stored, so pages are \
      compared without them. The class shows what a robot comes for; not all classes follow the file.

      Examples:
        footfall robots --unknown /var/log/nginx/access.log*
        footfall robots --unknown access.log --json | jq -r '.unlisted_robots.rows[].shape'
        footfall robots --robots-txt /var/www/robots.txt --site example.com --since 2026-11-01
        curl -s https://example.com/robots.txt | footfall robots --robots-txt - --json | jq '.robots'
      """)

  @Argument(help: ArgumentHelp("With --unknown: files, globs or folders; - for standard input.", valueName: "path"))
  var paths: [String] = []

  @Flag(help: "List the user agents in these logs that no rule knows.")
  var unknown = false

  @Option(
    name: .customLong("robots-txt"),
    help: ArgumentHelp(
      "List the pages that robots fetched although this file disallows them; - for standard input.",
      valueName: "file"))
  var robotsFile: String?

  @OptionGroup var stats: StatsOptions

  @Option(
    help: ArgumentHelp(
      "With --robots-txt: host name or tracking id of the site (default: the only one).", valueName: "host"))
  var site: String?

  @OptionGroup var days: DayOptions

  @OptionGroup var lines: LineOptions

  @OptionGroup var rules: AgentRuleFlags

  @Option(help: ArgumentHelp("Maximum number of rows in a list.", valueName: "n"))
  var limit = 20

  @Flag(help: "Print JSON.")
  var json = false

  // Flags of the other use are ignored, because the configuration file may set them. It alone says neither what to do.
  func validate() throws {
    guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be 1 to 100000") }
  }

  func run() throws {
    try ExitCodes.reporting {
      guard unknown != (robotsFile != nil) else {
        throw Refusal.usage("give either --unknown and logs, or --robots-txt and a file")
      }
      if unknown, paths.isEmpty { throw Refusal.usage("--unknown needs logs: files, globs or folders, or -") }
      if !unknown, !paths.isEmpty {
        throw Refusal.usage("--robots-txt looks into the database (--db); omit the logs")
      }
      if let robotsFile { try check(robotsFile) } else { try survey() }
    }
  }

  /// The width of the terminal; nil if the output goes elsewhere.
  private var width: Int? { Messages.stdoutIsTerminal ? Messages.columns : nil }

  private func survey() throws {
    let survey = try AgentSurveyRun(paths: paths, reading: lines.reading, rules: rules.options)
      .run(onProblem: Messages.problem)
    Messages.output(
      json ? try SurveyText.json(survey, limit: limit) : SurveyText.text(survey, limit: limit, width: width))
    if !survey.isComplete { throw ExitCodes.incomplete }
  }

  private func check(_ path: String) throws {
    let file = RobotsFile(try Self.bytes(of: path))
    let store = try StatsStore(path: stats.database, mode: .read)
    let site = try chosenSite(store)
    var check = RobotsFileCheck(file, limit: limit)
    let bounds = days.asked.bounds(today: site.calendar.day(at: Int64(Date().timeIntervalSince1970)))
    let days = (bounds.since ?? .min)...max(bounds.since ?? .min, bounds.until ?? .max)
    try store.withStatistics(of: site.id) { statistics in
      try statistics.forEachRobotPage(in: days) { day, row in
        check.add(day: day, robot: row.name, kind: row.kind, page: row.page, requests: row.requests)
      }
    }
    check.finish()
    let text = RobotsFileText(site: site.host, file: file, check: check, limit: limit)
    Messages.output(json ? try text.json() : text.text(width: width))
  }

  private func chosenSite(_ store: StatsStore) throws -> SiteProfile {
    if let site { return try store.site(named: site) }
    let sites = try store.sites()
    guard let first = sites.first else {
      throw Refusal.failed("\(stats.database): no sites yet; import a log first")
    }
    guard sites.count == 1 else {
      throw Refusal.usage("there are \(sites.count) sites; name the one that the file belongs to with --site HOST")
    }
    return first
  }

  /// Returns the bytes of a file, or of standard input, as far as they count.
  private static func bytes(of path: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      let handle =
        path == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      // A pipe may yield less than was asked for.
      while bytes.count <= RobotsFile.mostBytes,
        let part = try handle.read(upToCount: RobotsFile.mostBytes + 1 - bytes.count), !part.isEmpty
      {
        bytes += part
      }
    } catch {
      throw ImportFailure.failed("\(path): cannot be read; name a robots.txt")
    }
    return bytes
  }
}

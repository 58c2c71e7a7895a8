import ArgumentParser
import Foundation
import Hits
import Reporting
import StatsStore

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Show the statistics of a site.",
    discussion: """
      Examples:
        footfall report
        footfall report --site shop.example --period 2026-11 --compare year
        footfall report --period 30d
        footfall report --since 2026-11-01 --until yesterday
        footfall report --filter country=DE --filter device=mobile --interval week
        footfall report --filter entry_page=/pricing --filter source=Google
        footfall report --filter event=Signup
        footfall report --robots
        footfall report --filter robot=GPTBot --since 2020-01-01
        footfall report --limit 50 | less
        footfall report --html report.html --coverage-html coverage.html --since 2026-11-01
        footfall report --json | jq '.sites[0].totals.visitors'
        footfall report --watch

      If the database has several sites, the report shows one line for each; --site shows one in full. --json and \
      --csv always contain everything. Filters are exact: if the statistics cannot answer one, the command says so.
      """)

  @OptionGroup var stats: StatsOptions
  @OptionGroup var asked: ReportOptionGroup

  @Option(
    help: ArgumentHelp(
      "Write a self-contained HTML page; for several sites, an index with one page for each next to it.",
      valueName: "file"))
  var html: String?

  @Option(
    help: ArgumentHelp(
      "With --html: also write the coverage calendar as a page in the same folder, and link to it.",
      valueName: "file"))
  var coverageHtml: String?

  @Flag(help: "Only robots: who reads the site, from training of language models to visits that come of it.")
  var robots = false

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print CSV, with all lists in one table.")
  var csv = false

  @Flag(help: "Show the report again whenever the statistics change, until interrupted.")
  var watch = false

  func validate() throws {
    let forms = [json, csv, html != nil].filter { $0 }.count
    if forms > 1 { throw ValidationError("--html, --json and --csv cannot be combined") }
    if let coverageHtml, html.map({ HTMLFiles(at: $0).isBeside(coverageHtml) }) != true {
      throw ValidationError("--coverage-html needs --html, and another file in the same folder")
    }
    if robots, asked.filter.contains(where: { !$0.hasPrefix("robot=") }) {
      throw ValidationError("--robots cannot be combined with a filter for visits: robots make none")
    }
    if watch, json || csv { throw ValidationError("--watch cannot be combined with --json or --csv") }
  }

  func run() throws {
    try ExitCodes.reporting {
      var options = try asked.options(limit: html == nil ? 10 : 100)
      options.isOfRobotsOnly = robots
      if html != nil {
        options.limit = min(options.limit, ReportPage.mostRows)
        options.hasPictures = true
        if options.compared == nil {
          options.compared = .previous
          options.comparesWholePeriodsOnly = true
        }
      }
      let builder = try ReportBuilder(database: stats.database)
      if watch { try Watch.run(builder) { try show(try builder.reports(options, now: Self.now)) } }
      let reports = try builder.reports(options, now: Self.now)
      try show(reports)
      if reports.isEmpty { Messages.problem("\(stats.database): no sites yet; import a log first") }
    }
  }

  private static var now: Int64 { Int64(Date().timeIntervalSince1970) }

  private func show(_ reports: [Report]) throws {
    if let html {
      try HTMLFiles(at: html).write(reports, coverage: try coverageHtml.map { ($0, try coverage()) })
    } else if json {
      Messages.output(try JSONReport.text(of: reports))
    } else if csv {
      Messages.data(CSVReport.text(of: reports))
    } else {
      let clear = watch && Messages.stdoutIsTerminal ? Watch.clear : ""
      Messages.styled(clear + text(of: reports))
    }
  }

  private func coverage() throws -> CoverageReport {
    try CoverageBuilder(database: stats.database, now: Int64(Date().timeIntervalSince1970))
      .report(site: asked.site, days: asked.days.asked)
  }

  private func text(of reports: [Report]) -> String {
    let renderer = TextReport(columns: Messages.columns, isColoured: Messages.wantsColour)
    guard reports.count > 1 else { return reports.first.map(renderer.text) ?? "" }
    return renderer.overview(of: reports) + "\nFor one site in full: footfall report --site HOST\n"
  }
}

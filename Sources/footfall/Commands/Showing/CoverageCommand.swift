import ArgumentParser
import Foundation
import Reporting

struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Shows what was imported, hour by hour, and what seems to be missing.",
    discussion: """
      Hours without a line are a gap if the same hours of other days have lines, so many that they cannot be missing by \
      chance, however lines of this site come in bursts. Files that were damaged or not all log are listed, too.

      Examples:
        footfall coverage
        footfall coverage --site example.com --since 2026-11-01 --until 2026-11-30
        footfall coverage --html coverage.html
        day=$(date -d yesterday +%F)
        footfall coverage --since $day --until $day --fail-on-gap    for monitoring: 2 where something is missing
      """)

  @OptionGroup var stats: StatsOptions

  @Option(help: ArgumentHelp("The site: a host name of it, or its tracking id.", valueName: "host"))
  var site: String?

  @Option(help: ArgumentHelp("The first day (default: from the first line on).", valueName: "date"))
  var since: Day?

  @Option(help: ArgumentHelp("The last day, included (default: up to the last line).", valueName: "date"))
  var until: Day?

  @Option(
    help: ArgumentHelp("Write the calendar as a page of HTML that needs nothing but itself.", valueName: "file"))
  var html: String?

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Exit with 2 where there is a gap.")
  var failOnGap = false

  func validate() throws {
    if json, html != nil { throw ValidationError("--html and --json exclude each other") }
    if let since, let until, since.number > until.number { throw ValidationError("--since is later than --until") }
  }

  func run() throws {
    try ExitCodes.reporting {
      let builder = try CoverageBuilder(database: stats.database, now: Int64(Date().timeIntervalSince1970))
      let report = try builder.report(site: site, since: since?.number, until: until?.number)
      try show(report)
      if report.sites.isEmpty { Messages.problem("\(stats.database): no sites yet; import a log first") }
      if failOnGap, report.hasGaps { throw ExitCodes.incomplete }
    }
  }

  private func show(_ report: CoverageReport) throws {
    if let html {
      try HTMLFiles(at: html).write(CoveragePage.document(of: report))
    } else if json {
      Messages.output(try CoverageJSON.text(of: report))
    } else {
      Messages.styled(CoverageText(isColoured: Messages.wantsColour).text(of: report))
    }
  }
}

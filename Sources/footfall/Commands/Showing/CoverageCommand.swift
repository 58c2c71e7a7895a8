import ArgumentParser
import Foundation
import Reporting

struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Show what was imported, hour by hour, and what seems to be missing.",
    discussion: """
      Hours without lines are a gap if the same hours of other days have so many lines that chance cannot explain \
      their absence; bursts in the site's traffic are taken into account. Files that were damaged or only partly \
      logs are listed, too.

      Examples:
        footfall coverage
        footfall coverage --site example.com --since 2026-11-01 --until 2026-11-30
        footfall coverage --html coverage.html
        footfall coverage --period yesterday --fail-on-gap    # monitoring: exits with 2 on a gap
      """)

  @OptionGroup var stats: StatsOptions

  @Option(help: ArgumentHelp("Host name or tracking id of the site (default: all sites).", valueName: "host"))
  var site: String?

  @OptionGroup var days: DayOptions

  @Option(
    help: ArgumentHelp("Write the calendar as a self-contained HTML page.", valueName: "file"))
  var html: String?

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Exit with 2 if there is a gap.")
  var failOnGap = false

  func validate() throws {
    if json, html != nil { throw ValidationError("--html and --json cannot be combined") }
  }

  func run() throws {
    try ExitCodes.reporting {
      let builder = try CoverageBuilder(database: stats.database, now: Int64(Date().timeIntervalSince1970))
      let report = try builder.report(site: site, days: days.asked)
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

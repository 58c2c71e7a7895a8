import ArgumentParser
import Foundation
import Reporting

struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Shows what was imported, hour by hour, and what seems to be missing.",
    discussion: """
      An hour without a line is a gap if the same hours of neighbouring days have lines, so many that they cannot be \
      missing by chance. Files that were damaged or not all log are listed, too.

      Examples:
        footfall coverage
        footfall coverage --site example.com --since 2026-11-01 --until 2026-11-30
        footfall coverage --until $(date -d yesterday +%F) --fail-on-gap    for monitoring: 2 where something is missing
      """)

  @OptionGroup var stats: StatsOptions

  @Option(help: ArgumentHelp("The site: a host name of it, or its tracking id.", valueName: "host"))
  var site: String?

  @Option(help: ArgumentHelp("The first day (default: from the first line on).", valueName: "date"))
  var since: Day?

  @Option(help: ArgumentHelp("The last day, included (default: up to the last line).", valueName: "date"))
  var until: Day?

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Exit with 2 where there is a gap.")
  var failOnGap = false

  func validate() throws {
    if let since, let until, since.number > until.number { throw ValidationError("--since is later than --until") }
  }

  func run() throws {
    try ExitCodes.reporting {
      let builder = try CoverageBuilder(database: stats.database, now: Int64(Date().timeIntervalSince1970))
      let report = try builder.report(site: site, since: since?.number, until: until?.number)
      let renderer = CoverageText(isColoured: Messages.wantsColour)
      Messages.output(json ? try CoverageJSON.text(of: report) : renderer.text(of: report))
      if report.sites.isEmpty { Messages.problem("\(stats.database): no sites yet; import a log first") }
      if failOnGap, report.hasGaps { throw ExitCodes.incomplete }
    }
  }
}

import ArgumentParser
import Hits
import Reporting

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Shows the statistics of a site.",
    discussion: """
      Examples:
        footfall report
        footfall report --site shop.example --since 2026-11-01 --until 2026-11-30
        footfall report --limit 50 | less
        footfall report --json | jq '.sites[0].totals.visitors'

      Where the database holds several sites, one line is shown for each; --site shows one in full. --json always \
      holds all that is asked for.
      """)

  @OptionGroup var stats: StatsOptions

  @Option(help: ArgumentHelp("The site: a host name of it, or its tracking id.", valueName: "host"))
  var site: String?

  @Option(
    help: ArgumentHelp("The first day, for example 2026-11-01 (default: the first one with data).", valueName: "date"))
  var since: Day?

  @Option(help: ArgumentHelp("The last day, included (default: the last one with data).", valueName: "date"))
  var until: Day?

  @Option(help: ArgumentHelp("How many rows a list has at most.", valueName: "n"))
  var limit = 10

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be 1 to 100000") }
    if let since, let until, since.number > until.number { throw ValidationError("--since is later than --until") }
  }

  func run() throws {
    try ExitCodes.reporting {
      let options = ReportOptions(site: site, since: since?.number, until: until?.number, limit: limit)
      let reports = try ReportBuilder(database: stats.database).reports(options)
      Messages.output(json ? try JSONReport.text(of: reports) : text(of: reports))
      if reports.isEmpty { Messages.problem("\(stats.database): no sites yet; import a log first") }
    }
  }

  private func text(of reports: [Report]) -> String {
    let renderer = TextReport(columns: Messages.columns, isColoured: Messages.wantsColour)
    guard reports.count > 1 else { return reports.first.map(renderer.text) ?? "" }
    return renderer.overview(of: reports) + "\nOne site in full: footfall report --site HOST\n"
  }
}

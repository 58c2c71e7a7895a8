import ArgumentParser
import Foundation
import Importing

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Writes the lines of logs that count as bodies of collect requests.",
    discussion: """
      Standard output gets a JSON object a line for each page view and each event that an import would hand to the \
      pipeline, those of robots among them: whoever counts them tells robots. They hold addresses and user agents as \
      they stand in the log: mind where that goes. Nothing is written anywhere else. docs/api.md describes bodies.

      Footfall counts them as it counts the log, apart from what only a log tells: pages that are not there, and robots \
      by their behaviour. Take one way or the other for a log, never both: they do not know of each other.

      Examples:
        footfall convert access.log --site example.com > requests.ndjson
        footfall convert access.log.2.gz --site example.com | footfall collect -
        footfall convert access.log --site example.com --tracking-id gx_4F7K2M9QX1TB > for-another-api.ndjson
      """)

  @Argument(help: ArgumentHelp("Files, globs or folders; - is standard input.", valueName: "path"))
  var paths: [String]

  @OptionGroup var stats: StatsOptions

  @Option(help: ArgumentHelp("The site all lines are for (default: the log tells).", valueName: "host"))
  var site: String?

  @Option(
    help: ArgumentHelp(
      "Write this tracking id in place of the one the database has for the site; then no database is needed.",
      valueName: "id"))
  var trackingId: String?

  @OptionGroup var lines: LineOptions

  @OptionGroup var period: PeriodOptions

  @OptionGroup var filters: LineRuleOptions

  @OptionGroup var eventRules: EventOptions

  func run() throws {
    try ExitCodes.reporting {
      let sites = try stats.config.sites()
      let selection = try LineSelection(
        since: period.since, until: period.until, rules: filters.texts, siteRules: sites.rules)
      let options = ImportOptions(
        paths: paths, database: stats.database, site: site, timeZone: nil, reading: lines.reading,
        selection: selection, geo: [], botAddresses: [], events: eventRules.event, workers: 1, takesPartialTail: true,
        overlap: .new, rereads: true, maxRejectRate: 0.5, rejectsFile: nil, wait: 0, sealDelay: 0, sealsAtOnce: false,
        version: Version.number, rules: RuleOptions())
      let isComplete = try ConvertRun(options, trackingID: trackingId).run(
        onProblem: Messages.problem, output: Self.write)
      if !isComplete { throw ExitCodes.incomplete }
    }
  }

  private static func write(_ bodies: [UInt8]) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(bodies))
    } catch {
      throw ImportFailure.inputOutput("standard output cannot be written; is the disk full?")
    }
  }
}

import ArgumentParser
import Foundation
import Importing

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Convert log lines to collect requests.",
    discussion: """
      Writes a JSON object to standard output for each page view and each event in the logs, including those of \
      robots, which are detected when the requests are counted. The requests contain addresses and user agents as \
      logged, so be careful where you store or send them. Nothing else is written. docs/api.md describes the format.

      Counting the requests gives the same statistics as importing the logs, except for what only a log shows: pages \
      not found, and robots detected by their behaviour. Do one or the other for a log, never both: lines counted \
      one way are not recognised the other way.

      Examples:
        footfall convert access.log --site example.com > requests.ndjson
        footfall convert access.log.2.gz --site example.com | footfall collect -
        footfall convert access.log --site example.com --tracking-id gx_4F7K2M9QX1TB > for-another-api.ndjson
      """)

  @Argument(help: ArgumentHelp("Files, globs or folders; - for standard input.", valueName: "path"))
  var paths: [String]

  @OptionGroup var stats: StatsOptions

  @Option(
    help: ArgumentHelp("Assign all lines to this site (default: the hosts in the log decide).", valueName: "host"))
  var site: String?

  @Option(
    help: ArgumentHelp(
      "Write this tracking id instead of the one that the database has for the site; no database is needed then.",
      valueName: "id"))
  var trackingId: String?

  @OptionGroup var lines: LineOptions

  @OptionGroup var period: PeriodOptions

  @OptionGroup var filters: LineRuleOptions

  @OptionGroup var eventRules: EventOptions

  @OptionGroup var pages: PageOptions

  func run() throws {
    try ExitCodes.reporting {
      let sites = try stats.config.sites()
      let selection = try period.selection(filters.texts, sites)
      var options = ImportOptions(
        paths: paths, database: stats.database, site: site, timeZone: nil, reading: lines.reading,
        selection: selection, geo: [], robotAddresses: RobotAddressOptions(), events: eventRules.event, workers: 1,
        takesPartialTail: true,
        overlap: .new, rereads: true, maxRejectRate: 0.5, rejectsFile: nil, wait: 0, sealDelay: 0, sealsAtOnce: false,
        version: Version.number, rules: RuleOptions())
      options.naming = try pages.naming(sites)
      let isComplete = try ConvertRun(options, trackingID: trackingId).run(
        onProblem: Messages.problem, output: Self.write)
      if !isComplete { throw ExitCodes.incomplete }
    }
  }

  private static func write(_ bodies: [UInt8]) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(bodies))
    } catch {
      throw ImportFailure.inputOutput("cannot write to standard output; is the disk full?")
    }
  }
}

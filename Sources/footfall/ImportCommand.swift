import ArgumentParser
import Configuration
import Foundation
import Importing

extension OverlapRule: ExpressibleByArgument {}

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Counts access logs into the database.",
    discussion: """
      Files may be plain or compressed (gzip, bzip2, xz, zstd), whatever they are called. What is in the database \
      already is not counted again: rotated, renamed, compressed and copied logs may all be given, in any order, \
      again and again.

      Examples:
        footfall import access.log access.log.1 access.log.2.gz --site example.com
        footfall import '/var/log/nginx/access.log*' --site example.com --timezone Europe/Berlin
        footfall import other_vhosts_access.log            sites told by the log's host column
        zcat -f old/*.gz | footfall import - --site example.com
        footfall import /var/log/apache2 --site example.com --geo GeoLite2-City.mmdb
        footfall import access.log --site example.com --nginx-conf /etc/nginx/nginx.conf
        footfall import access.log --site example.com --format '$remote_addr [$time_local] "$request" $status'

      In cron it prints nothing on stderr unless something is wrong; --quiet leaves out the summary too.
      """)

  @Argument(help: ArgumentHelp("Files, globs or folders; - is standard input.", valueName: "path"))
  var paths: [String]

  @OptionGroup var stats: StatsOptions

  @Option(help: ArgumentHelp("Count every line for this site; made if it is new.", valueName: "host"))
  var site: String?

  @Flag(help: "Make a site of each host of the log that is no site's; they are listed.")
  var createSites = false

  @Option(
    help: ArgumentHelp(
      "The zone whose midnights part the days of a new site, for example Europe/Berlin (default: UTC).",
      valueName: "zone"))
  var timezone: String?

  @OptionGroup var lines: LineOptions

  @OptionGroup var period: PeriodOptions

  @OptionGroup var filters: LineRuleOptions

  @Option(
    help: ArgumentHelp(
      "A City, Country or ASN file of GeoLite2 or DB-IP for places and networks; repeatable, the first that knows counts. Remembered; none forgets.",
      valueName: "file.mmdb"))
  var geo: [String] = []

  @OptionGroup var bots: BotOptions

  @OptionGroup var eventRules: EventOptions

  @Option(help: ArgumentHelp("How many lines are parsed at a time (default: one per core).", valueName: "n"))
  var workers: Int?

  @Flag(
    name: .customLong("final"), help: "Count a last line that has no line end; a log that still grows needs it left.")
  var isFinal = false

  @Option(
    help: ArgumentHelp(
      "A merged, filtered or sorted copy of known lines: refuse leaves it out, lines subtracts the known lines, new counts all of it.",
      valueName: "refuse|lines|new"))
  var overlap = OverlapRule.refuse

  @Flag(help: "Read files again that have not changed since they were imported; known lines never count twice.")
  var reread = false

  @Option(
    help: ArgumentHelp(
      "Leave out a file of whose lines more than this share is unreadable.", valueName: "percent"))
  var maxRejectRate = 50.0

  @Option(help: ArgumentHelp("Write reason, file and line number of each unreadable line.", valueName: "file"))
  var rejects: String?

  @OptionGroup var rules: RuleFlags

  @OptionGroup var sealing: SealOptions

  @Flag(help: "Seal all days that are over as soon as the import is done: no more lines of them will come.")
  var seal = false

  @OptionGroup var writer: WriterOptions

  @Flag(help: "Print the summary as JSON.")
  var json = false

  @Flag(help: "Print no summary and no progress.")
  var quiet = false

  func validate() throws {
    if let workers, workers < 1 || workers > 256 { throw ValidationError("--workers must be 1 to 256") }
    guard (0...100).contains(maxRejectRate) else { throw ValidationError("--max-reject-rate must be 0 to 100") }
  }

  func run() throws {
    try ExitCodes.reporting {
      let progress = ProgressLine(isShown: Messages.stderrIsTerminal && !quiet)
      let summary = try ImportRun(options(try stats.config.sites())).run(
        onProblem: { problem in
          progress.clear()
          Messages.problem(problem)
        }, onProgress: progress.show)
      progress.clear()
      if !quiet || json { Messages.output(json ? try SummaryText.json(summary) : SummaryText.table(summary)) }
      if summary.needsFormat { throw ExitCodes.usage }
      if summary.isIncomplete { throw ExitCodes.incomplete }
    }
  }

  private func options(_ sites: [SiteSection]) throws -> ImportOptions {
    let selection = try LineSelection(
      since: period.since, until: period.until, rules: filters.texts, siteRules: sites.rules)
    var options = ImportOptions(
      paths: paths, database: stats.database, site: site, timeZone: timezone, reading: lines.reading,
      selection: selection, geo: geo, botAddresses: bots.botAddresses, events: eventRules.event,
      workers: workers ?? ProcessInfo.processInfo.activeProcessorCount, takesPartialTail: isFinal,
      overlap: overlap, rereads: reread, maxRejectRate: maxRejectRate / 100, rejectsFile: rejects, wait: writer.wait,
      sealDelay: sealing.delay.seconds, sealsAtOnce: seal, version: Version.number,
      rules: rules.options)
    options.createsSites = createSites
    options.sites = sites.map(\.definition)
    return options
  }
}

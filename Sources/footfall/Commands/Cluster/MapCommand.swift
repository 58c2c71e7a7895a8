import ArgumentParser
import Clustering
import Configuring
import Foundation
import Importing

struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Step 1 of a job on many machines: turn log lines into hits without personal data.",
    discussion: """
      Reads a log from standard input or, with --files, the names of logs. Writes one line for each hit, keyed by \
      site, day, visitor and second, and the books. No database is needed: the job key contains the sites. If a file \
      cannot be read completely, the exit code is 1. See docs/scale-out.md.

      Examples:
        zcat access.log.gz | footfall map | LC_ALL=C sort | footfall reduce > part-0
        ls /var/log/nginx/access.log* | footfall map --files | LC_ALL=C sort | footfall reduce > part-0
        footfall merge part-0
      """)

  @Flag(help: "Read file names from standard input, one per line, instead of a log.")
  var files = false

  @Option(help: ArgumentHelp("Name of a log on standard input in the books (default: -).", valueName: "name"))
  var name: String?

  @OptionGroup var job: JobKeyOptions

  @OptionGroup var config: ConfigOptions

  @OptionGroup var lines: LineOptions

  @OptionGroup var period: PeriodOptions

  @OptionGroup var filters: LineRuleOptions

  @Option(
    help: ArgumentHelp(
      """
      City, Country or ASN file of GeoLite2, DB-IP, IPinfo or IP2Location, for places and networks; repeatable, the first \
      match wins.
      """,
      valueName: "file.mmdb"))
  var geo: [String] = []

  @OptionGroup var bots: BotOptions

  @OptionGroup var eventRules: EventOptions

  @OptionGroup var pages: PageOptions

  @Option(help: ArgumentHelp("Number of files to read at a time.", valueName: "n"))
  var workers = 1

  @Option(
    help: ArgumentHelp("Refuse a file if more than this share of its lines is malformed.", valueName: "percent"))
  var maxRejectRate = 50.0

  @OptionGroup var rules: RuleFlags

  func validate() throws {
    if !(1...256).contains(workers) { throw ValidationError("--workers must be 1 to 256") }
    if files, name != nil { throw ValidationError("--name names a log on standard input; it cannot go with --files") }
    guard (0...100).contains(maxRejectRate) else { throw ValidationError("--max-reject-rate must be 0 to 100") }
  }

  func run() throws {
    Messages.reportBrokenPipes()
    try ExitCodes.reporting {
      let paths = files ? Self.names() : ["-"]
      guard !paths.isEmpty else { throw ImportFailure.usage("no file names on standard input") }
      let sites = try config.sites()
      try Mapping(options(paths, sites), key: try job.key(), name: name)
        .run(to: .standard(), onProblem: Messages.problem)
    }
  }

  private static func names() -> [String] {
    var names: [String] = []
    while let line = readLine() { if !line.isEmpty { names.append(line) } }
    return names
  }

  private func options(_ paths: [String], _ sites: [SiteSection]) throws -> ImportOptions {
    let selection = try period.selection(filters.texts, sites)
    var options = ImportOptions(
      paths: paths, database: "", site: nil, timeZone: nil, reading: lines.reading, selection: selection, geo: geo,
      robotAddresses: bots.options, events: eventRules.event, workers: workers, takesPartialTail: true,
      overlap: .new, rereads: true, maxRejectRate: maxRejectRate / 100, rejectsFile: nil, wait: 0, sealDelay: 0,
      sealsAtOnce: false, version: Version.number, rules: rules.options)
    options.naming = try pages.naming(sites)
    return options
  }
}

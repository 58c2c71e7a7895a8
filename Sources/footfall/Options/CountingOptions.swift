import ArgumentParser
import Configuring
import Foundation
import Importing

extension OverlapRule: ExpressibleByArgument {}

/// Flags of the commands that count files into the database, and the run that they share.
struct CountingOptions: ParsableArguments {
  @OptionGroup var period: PeriodOptions

  @Option(
    help: ArgumentHelp(
      """
      City, Country or ASN file of GeoLite2, DB-IP, IPinfo or IP2Location, for places and networks; repeatable, the \
      first match wins. Remembered in the database; none forgets them.
      """, valueName: "file.mmdb"))
  var geo: [String] = []

  @OptionGroup var bots: BotOptions

  @Option(help: ArgumentHelp("Number of files to read at a time (default: one per core).", valueName: "n"))
  var workers: Int?

  @Flag(
    name: .customLong("final"), help: "Count a last line without a line end; not for logs that are still growing.")
  var isFinal = false

  @Option(
    help: ArgumentHelp(
      """
      What to do with a merged, filtered or sorted copy of known lines: refuse skips the file, lines subtracts the \
      known lines, new counts all of it.
      """, valueName: "refuse|lines|new"))
  var overlap = OverlapRule.refuse

  @Flag(help: "Read files again even if they have not changed since their import; known lines never count twice.")
  var reread = false

  @Option(
    help: ArgumentHelp(
      "Skip a file if more than this share of its lines is malformed.", valueName: "percent"))
  var maxRejectRate = 50.0

  @Option(
    help: ArgumentHelp("Write the reason, file and line number of each malformed line to this file.", valueName: "file")
  )
  var rejects: String?

  @OptionGroup var rules: RuleFlags

  @OptionGroup var sealing: SealOptions

  @Flag(help: "Seal all days that are over once the import is done; for logs that are complete.")
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

  /// Returns import options from the flags and the given values, without a site and events.
  func options(
    paths: [String], database: String, reading: ReadingOptions, rules texts: LineSelection.Texts,
    sites: [SiteSection]
  ) throws -> ImportOptions {
    let selection = try period.selection(texts, sites)
    var options = ImportOptions(
      paths: paths, database: database, site: nil, timeZone: nil, reading: reading, selection: selection, geo: geo,
      robotAddresses: bots.options, events: [],
      workers: workers ?? ProcessInfo.processInfo.activeProcessorCount, takesPartialTail: isFinal,
      overlap: overlap, rereads: reread, maxRejectRate: maxRejectRate / 100, rejectsFile: rejects, wait: writer.wait,
      sealDelay: sealing.delay.seconds, sealsAtOnce: seal, version: Version.number,
      rules: rules.options)
    options.sites = sites.map(\.definition)
    return options
  }

  /// Imports, and prints the summary.
  func run(_ options: ImportOptions) throws {
    let progress = ProgressLine(isShown: Messages.stderrIsTerminal && !quiet)
    let summary = try ImportRun(options).run(
      onProblem: { problem in
        progress.clear()
        Messages.problem(problem)
      }, onProgress: progress.show)
    progress.clear()
    SummaryText.geoProblems(summary).forEach(Messages.problem)
    if !quiet || json { Messages.output(json ? try SummaryText.json(summary) : SummaryText.table(summary)) }
    if summary.needsWord { throw ExitCodes.usage }
    if summary.isIncomplete || summary.hasWarnings { throw ExitCodes.incomplete }
  }
}

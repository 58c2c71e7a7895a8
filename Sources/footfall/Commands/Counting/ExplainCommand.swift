import ArgumentParser
import Configuring
import Foundation
import Importing

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain why lines of a log are counted or not.",
    discussion: """
      Runs lines through the same stages as an import. Shows what each stage decides, the outcome, and the rows of \
      statistics that the line would produce. Nothing is written, and no database is needed; if there is one (--db), \
      its sites, sealed days and geo files are used. Whether the line was counted before is not checked.

      Without --line, the first lines are listed with their outcomes.

      Some robots are recognised only by what they did all day. --behaviour reads the whole log and shows, for the \
      visitor of the line, what each of these rules found and by how much it missed.

      Addresses, user agents and queries are hidden. --show-personal prints them to standard output, so be careful \
      where you store or send it.

      Examples:
        footfall explain access.log --line 1204
        footfall explain access.log --line 1204 --behaviour
        footfall explain access.log --site example.com --limit 20
        footfall explain access.log --line 3 --event 'POST /signup 303 -> Signup {plan: $query.plan}'
        tail -n 1 access.log | footfall explain - --line 1 --show-personal
      """)

  @Argument(help: ArgumentHelp("A log; - for standard input.", valueName: "path"))
  var path: String

  @Option(help: ArgumentHelp("Number of the line to explain in full.", valueName: "n"))
  var line: Int?

  @Option(help: ArgumentHelp("Number of lines to list without --line.", valueName: "n"))
  var limit = 100

  @OptionGroup var stats: StatsOptions

  @Option(help: ArgumentHelp("Assign all lines to this site.", valueName: "host"))
  var site: String?

  @Option(help: ArgumentHelp("Time zone of a site that is not in the database (default: UTC).", valueName: "zone"))
  var timezone: String?

  @OptionGroup var lines: LineOptions

  @OptionGroup var period: PeriodOptions

  @OptionGroup var filters: LineRuleOptions

  @Option(help: ArgumentHelp("Geo file, as for import; repeatable.", valueName: "file.mmdb"))
  var geo: [String] = []

  @OptionGroup var bots: BotOptions

  @OptionGroup var eventRules: EventOptions

  @OptionGroup var pages: PageOptions

  @OptionGroup var rules: RuleFlags

  @Flag(help: "With --line: read the whole log and judge the line's visitor by its whole day.")
  var behaviour = false

  @Flag(help: "Print addresses, user agents and queries as logged.")
  var showPersonal = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if let line, line < 1 { throw ValidationError("--line must be 1 or more") }
    if behaviour, line == nil {
      throw ValidationError("--behaviour judges the visitor of one line; name the line with --line")
    }
    guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be 1 to 100000") }
  }

  func run() throws {
    try ExitCodes.reporting {
      var explanations: [Explanation] = []
      let count = try ExplainRun(options(try stats.config.sites())).run(
        lines: line.map { $0...$0 } ?? 1...limit, withRows: line != nil, withBehaviour: behaviour,
        onLine: { explanations.append($0) })
      if let line, explanations.isEmpty {
        throw ImportFailure.failed("\(path) has no line \(line), only \(count); give another number with --line")
      }
      Messages.output(try text(of: explanations))
    }
  }

  private func text(of explanations: [Explanation]) throws -> String {
    if json {
      return try ExplanationJSON.text(of: explanations, showsPersonal: showPersonal, withBehaviour: behaviour)
    }
    let text = ExplanationText(showsPersonal: showPersonal)
    guard line != nil, let only = explanations.first else { return text.list(of: explanations) }
    return text.full(only, file: path, withBehaviour: behaviour)
  }

  private func options(_ sites: [SiteSection]) throws -> ImportOptions {
    let selection = try period.selection(filters.texts, sites)
    var options = ImportOptions(
      paths: [path], database: stats.database, site: site, timeZone: timezone, reading: lines.reading,
      selection: selection, geo: geo, robotAddresses: bots.options, events: eventRules.event, workers: 1,
      takesPartialTail: true, overlap: .new, rereads: true, maxRejectRate: 1, rejectsFile: nil, wait: 0, sealDelay: 0,
      sealsAtOnce: false, version: Version.number, rules: rules.options)
    options.sites = sites.map(\.definition)
    options.naming = try pages.naming(sites)
    return options
  }
}

import ArgumentParser
import Configuring
import Foundation
import Hits
import Importing
import Reporting
import Rollups
import Sealing

struct RebuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Recount a whole day of a site from its logs, and seal it.",
    discussion: """
      Give all logs that contain lines of the day; lines of other days, and of other sites' hosts, are ignored. The \
      existing statistics of the day, sealed or not, are replaced in one transaction. Shows old and new totals first.

      Examples:
        footfall rebuild 2026-11-01 access.log.2.gz access.log.3.gz --site example.com
        footfall rebuild 2026-11-01 '/srv/archive/2026-11-0[12].gz' --site example.com --yes
        footfall rebuild 2026-11-01 requests.ndjson.gz --requests --site example.com
      """)

  @Argument(help: ArgumentHelp("Day to rebuild.", valueName: "date"))
  var day: Day

  @Argument(help: ArgumentHelp("Files, globs or folders; - for standard input.", valueName: "path"))
  var paths: [String]

  @OptionGroup var stats: StatsOptions

  @Option(help: ArgumentHelp("Site whose day to rebuild.", valueName: "host"))
  var site: String

  @Flag(help: "The files contain collect requests, as for footfall collect, instead of log lines.")
  var requests = false

  @OptionGroup var lines: LineOptions

  @OptionGroup var filters: LineRuleOptions

  @OptionGroup var bots: BotOptions

  @OptionGroup var eventRules: EventOptions

  @OptionGroup var pages: PageOptions

  @OptionGroup var rules: RuleFlags

  @OptionGroup var writer: WriterOptions

  @Flag(help: "Do not ask for confirmation.")
  var yes = false

  @Flag(help: "Print no summary and no progress.")
  var quiet = false

  func run() throws {
    try ExitCodes.reporting {
      let progress = ProgressLine(isShown: Messages.stderrIsTerminal && !quiet)
      let rebuild = try RebuildRun(
        options(try stats.config.sites()), site: site, day: day.number)
      let effect = try rebuild.count(
        onProblem: { problem in
          progress.clear()
          Messages.problem(problem)
        }, onProgress: progress.show)
      progress.clear()
      SummaryText.geoProblems(effect.summary).forEach(Messages.problem)
      let preview = preview(effect, host: rebuild.host)
      try Confirmation.ask(preview, question: "replace \(DayName.name(day.number))?", isGiven: yes)
      let isSwept = try rebuild.replace(by: effect)
      if !quiet { Messages.output(SummaryText.table(effect.summary) + "\n" + preview + "\n") }
      if !isSwept { Messages.problem(Sealing.heldUp) }
    }
  }

  private func preview(_ effect: RebuildRun.Effect, host: String) -> String {
    var lines = ["\(DayName.name(day.number))  \(host)"]
    let measures: [(String, KeyPath<Counts, Int64>)] = [
      ("page views", \.pageviews), ("visitors", \.visitors), ("visits", \.visits),
    ]
    for (name, measure) in measures {
      let (old, new) = (effect.old[keyPath: measure], effect.new[keyPath: measure])
      lines.append("  \(name)  \(NumberText.grouped(old)) -> \(NumberText.grouped(new))")
    }
    let events = effect.events
    if events != (0, 0) {
      lines.append("  events  \(NumberText.grouped(events.old)) -> \(NumberText.grouped(events.new))")
    }
    if effect.isOpen { lines.append("  the day is open; this seals it") }
    return lines.joined(separator: "\n")
  }

  private func options(_ sites: [SiteSection]) throws -> ImportOptions {
    let selection = try LineSelection(since: nil, until: nil, now: 0, rules: filters.texts, siteRules: sites.rules)
    var reading = lines.reading
    reading.readsRequests = requests
    var options = ImportOptions(
      paths: paths, database: stats.database, site: site, timeZone: nil, reading: reading, selection: selection,
      geo: [], robotAddresses: bots.options, events: eventRules.event,
      workers: ProcessInfo.processInfo.activeProcessorCount, takesPartialTail: true, overlap: .refuse, rereads: true,
      maxRejectRate: 0.5, rejectsFile: nil, wait: writer.wait, sealDelay: 0, sealsAtOnce: false,
      version: Version.number, rules: rules.options)
    options.naming = try pages.naming(sites)
    return options
  }
}

import ArgumentParser
import Foundation
import Hits
import Reporting
import SaltVault
import Sealing
import StatsStore

struct PruneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Remove the statistics of old days for good.",
    discussion: """
      Only sealed days can be pruned. They are remembered: if their lines come again, they are late and not counted. \
      The books of imports stay. Shows first what will be removed. The file does not shrink until you run footfall \
      vacuum.

      Examples:
        footfall prune --keep 25months
        footfall prune --keep 2years --site example.com --yes
        footfall prune --before 2024-01-01 --dry-run
      """)

  @Option(
    help: ArgumentHelp(
      "Keep this much, counted back from today: a number and days, weeks, months or years.", valueName: "span"))
  var keep: Retention?

  @Option(
    help: ArgumentHelp("Remove the days before this date, or the first day of this period.", valueName: "period"))
  var before: NamedPeriod?

  @OptionGroup var stats: StatsOptions

  @Option(help: ArgumentHelp("Only days of this site.", valueName: "host"))
  var site: String?

  @OptionGroup var writer: WriterOptions

  @Flag(help: "Show what would be removed, and remove nothing.")
  var dryRun = false

  @Flag(help: "Do not ask for confirmation.")
  var yes = false

  func validate() throws {
    guard (keep == nil) != (before == nil) else { throw ValidationError("give either --keep or --before") }
  }

  func run() throws {
    try ExitCodes.reporting {
      let store = try StatsStore(existing: stats.database, wait: writer.wait)
      guard let limit = keep.map(Pruning.Limit.keeping) ?? before.map(Pruning.Limit.before) else { return }
      let pruning = try Pruning(
        limit, site: site, now: Int64(Date().timeIntervalSince1970), store,
        try SaltVault(besideDatabase: stats.database))
      let lines = pruning.effects.map(Self.line) + pruning.pastEffects.map(Self.line)
      guard !lines.isEmpty else { return Messages.output("nothing to remove\n") }
      if dryRun { return Messages.output(lines.map { "would remove  \($0)\n" }.joined()) }
      try Confirmation.ask(lines.joined(separator: "\n"), question: "remove these statistics?", isGiven: yes)
      if try !pruning.run() { Messages.problem(Sealing.heldUp) }
      Messages.output(lines.map { "removed  \($0)\n" }.joined())
    }
  }

  private static func line(_ effect: PruneEffect) -> String {
    let days = effect.days == 1 ? "1 day" : "\(NumberText.grouped(effect.days)) days"
    let range = effect.range.map { ", " + DayText.range($0) } ?? ""
    let pageviews = NumberText.grouped(effect.pageviews)
    return "\(effect.host)  \(days)\(range), \(pageviews) page views, \(NumberText.grouped(effect.rows)) rows"
  }

  private static func line(_ past: PastPruneEffect) -> String {
    let parts = past.parts == 1 ? "1 part" : "\(NumberText.grouped(past.parts)) parts"
    let days = past.days == 1 ? "1 day" : "\(NumberText.grouped(past.days)) days"
    let counts = [
      past.parts == 0 ? nil : parts,
      past.days == 0 ? nil : "\(days) of a longer part, whose totals stay",
    ].compactMap { $0 }
    return "\(past.host)  other programs' statistics: \(counts.joined(separator: ", "))"
  }
}

extension Retention: ExpressibleByArgument {
  /// Parses a span from the command line.
  public init?(argument: String) {
    self.init(argument)
  }
}

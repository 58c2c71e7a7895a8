import ArgumentParser
import Foundation
import Hits
import Reporting
import SaltVault
import Sealing
import StatsStore

struct SealCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal",
    abstract: "Seal days for good: statistics stay, all traces of individual visitors are destroyed.",
    discussion: """
      Imports seal days automatically; use this command to seal them earlier. Lines that arrive later for a sealed day \
      are not counted (outcome late); footfall rebuild replaces such a day from its logs.

      Examples:
        footfall seal                       # all days that have been over and without new lines for 48 hours
        footfall seal --seal-after 12h
        footfall seal --until last-month    # all days up to the end of last month
        footfall seal --day 2026-11-01 --site example.com
      """)

  @OptionGroup var stats: StatsOptions

  @Option(help: ArgumentHelp("Only days of this site.", valueName: "host"))
  var site: String?

  @Option(help: ArgumentHelp("Seal this day, or the days of this period, now.", valueName: "period"))
  var day: NamedPeriod?

  @Option(
    help: ArgumentHelp("Seal all days up to this one, or the last one of this period, now.", valueName: "period"))
  var until: NamedPeriod?

  @OptionGroup var sealing: SealOptions
  @OptionGroup var writer: WriterOptions

  @Flag(help: "Print the sealed days as JSON.")
  var json = false

  func validate() throws {
    if day != nil, until != nil { throw ValidationError("--day and --until cannot be combined") }
  }

  func run() throws {
    try ExitCodes.reporting {
      let store = try StatsStore(existing: stats.database, wait: writer.wait)
      let days = Sealing(store, try SaltVault(besideDatabase: stats.database))
      try days.finish()
      try store.rebuildDirtyDays()
      let sealed = try seal(days, now: Int64(Date().timeIntervalSince1970))
      Messages.output(json ? try JSONText.of(sealed.map(SealedDayJSON.init)) : Self.text(sealed))
      if try !days.finish() { Messages.problem(Sealing.heldUp) }
    }
  }

  private func seal(_ days: Sealing, now: Int64) throws -> [SealedDay] {
    if let day = day ?? until {
      return try days.seal(day, andEarlier: until != nil, site: site, now: now)
    }
    return try days.sealSettledDays(after: sealing.delay.seconds, now: now, site: site)
  }

  private static func text(_ sealed: [SealedDay]) -> String {
    sealed.isEmpty
      ? "no day to seal; footfall status shows why days are open\n"
      : sealed.map { "sealed \(DayName.name($0.day))  \($0.host)\n" }.joined()
  }
}

/// A sealed day in JSON.
struct SealedDayJSON: Encodable {
  var day: String
  var site: String

  init(_ sealed: SealedDay) {
    day = DayName.name(sealed.day)
    site = sealed.host
  }
}

import ArgumentParser
import Foundation
import Hits
import Reporting
import SaltVault
import Sealing
import StatsStore

struct MergeStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge-stats",
    abstract: "Brings the sealed days of another database in.",
    discussion: """
      For sites that were counted elsewhere, or other days of the same site. Statistics and books come as they are, in \
      one transaction; open days stay where they are, and days that are here already are left alone. Where a day has \
      other statistics here nothing is merged, because visitors of one day cannot be told apart in sums: rebuild the \
      day from all of its logs.

      Examples:
        footfall merge-stats /mnt/www2/footfall.db
        footfall merge-stats 2025.db --db all.db --dry-run
      """)

  @Argument(help: ArgumentHelp("The other database; it is only read.", valueName: "file"))
  var other: String

  @OptionGroup var stats: StatsOptions
  @OptionGroup var writer: WriterOptions

  @Flag(help: "Show what would come, and change nothing.")
  var dryRun = false

  func run() throws {
    try ExitCodes.reporting {
      let store = try StatsStore(existing: stats.database, wait: writer.wait)
      let merging = try Merging(other, into: store, try SaltVault(besideDatabase: stats.database))
      if dryRun {
        Messages.output(Self.text(merging.effect, "would bring"))
      } else {
        let effect = try merging.run(version: Version.number, now: Int64(Date().timeIntervalSince1970))
        Messages.output(Self.text(effect, "brought"))
      }
    }
  }

  private static func text(_ effect: MergeEffect, _ verb: String) -> String {
    let lines = effect.sites.flatMap { site in
      let count = site.days.count == 1 ? "1 day" : "\(NumberText.grouped(site.days.count)) days"
      let range = site.days.first.flatMap { first in site.days.last.map { ", " + DayText.range(first...$0) } }
      let same = site.sameDays == 1 ? "1 day is" : "\(NumberText.grouped(site.sameDays)) days are"
      let open = site.openDays == 1 ? "1 day is" : "\(site.openDays) days are"
      return [
        range.map { "\(verb)  \(site.host)  \(count)\($0)\(site.isKnown ? "" : ", a new site")\n" },
        site.sameDays == 0 ? nil : "left out  \(site.host)  \(same) here already\n",
        site.openDays == 0 ? nil : "left out  \(site.host)  \(open) open there\n",
      ].compactMap { $0 }
    }
    return lines.isEmpty ? "nothing to bring\n" : lines.joined()
  }
}

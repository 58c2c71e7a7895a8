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
    abstract: "Merge the sealed days of another database into this one.",
    discussion: """
      Use this for sites that were counted elsewhere, or for other days of the same site. Statistics and books are \
      copied unchanged, in one transaction. Open days, and days that are here already, are skipped. If a day has \
      different statistics here, nothing is merged, because sums cannot show which of its visitors are the same: \
      rebuild the day from all of its logs. What import-stats brought comes along.

      Examples:
        footfall merge-stats /mnt/www2/footfall.db
        footfall merge-stats 2025.db --db all.db --dry-run
      """)

  @Argument(help: ArgumentHelp("Other database, which stays unchanged.", valueName: "file"))
  var other: String

  @OptionGroup var stats: StatsOptions
  @OptionGroup var writer: WriterOptions

  @Flag(help: "Show what would be merged, and change nothing.")
  var dryRun = false

  func run() throws {
    try ExitCodes.reporting {
      let store = try StatsStore(existing: stats.database, wait: writer.wait)
      let merging = try Merging(other, into: store, try SaltVault(besideDatabase: stats.database))
      if dryRun {
        Messages.output(Self.text(merging.effect, "would merge"))
      } else {
        let effect = try merging.run(version: Version.number, now: Int64(Date().timeIntervalSince1970))
        Messages.output(Self.text(effect, "merged"))
      }
    }
  }

  private static func text(_ effect: MergeEffect, _ verb: String) -> String {
    let lines = effect.sites.flatMap { site in
      let count = site.days.count == 1 ? "1 day" : "\(NumberText.grouped(site.days.count)) days"
      let range = site.days.first.flatMap { first in site.days.last.map { ", " + DayText.range(first...$0) } }
      let same = site.sameDays == 1 ? "1 day is" : "\(NumberText.grouped(site.sameDays)) days are"
      let past = site.pastParts == 1 ? "1 part" : "\(NumberText.grouped(site.pastParts)) parts"
      let open = site.openDays == 1 ? "1 day is" : "\(site.openDays) days are"
      return [
        range.map { "\(verb)  \(site.host)  \(count)\($0)\(site.isKnown ? "" : ", a new site")\n" },
        site.pastParts == 0 ? nil : "\(verb)  \(site.host)  \(past) of other programs' statistics\n",
        site.sameDays == 0 ? nil : "skipped  \(site.host)  \(same) here already\n",
        site.openDays == 0 ? nil : "skipped  \(site.host)  \(open) still open there\n",
      ].compactMap { $0 }
    }
    return lines.isEmpty ? "nothing to merge: no sealed days that are not here already\n" : lines.joined()
  }
}

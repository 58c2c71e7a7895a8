import ArgumentParser
import Reporting
import SaltVault
import Sealing
import StatsStore

struct VacuumCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vacuum",
    abstract: "Shrink the database file by the space of deleted data.",
    discussion: """
      Rebuilds the file in memory, so it needs as much memory, and as much free disk space, as the statistics take. \
      Worthwhile after footfall prune; otherwise later imports reuse the free space.

      Example:
        footfall prune --keep 25months --yes && footfall vacuum
      """)

  @OptionGroup var stats: StatsOptions
  @OptionGroup var writer: WriterOptions

  func run() throws {
    try ExitCodes.reporting {
      let store = try StatsStore(existing: stats.database, wait: writer.wait)
      let sealing = Sealing(store, try SaltVault(besideDatabase: stats.database))
      try sealing.finish()
      let size = try store.vacuum()
      let isEmptied = try store.emptyJournal()
      Messages.output("\(Self.kibibytes(size.before)) -> \(Self.kibibytes(size.after)) KiB\n")
      if !isEmptied {
        Messages.problem("the database is being read, so its journal stays large; the next command empties it")
      }
    }
  }

  private static func kibibytes(_ bytes: Int64) -> String {
    NumberText.grouped((bytes + 1_023) / 1_024)
  }
}

import ArgumentParser
import Reporting
import SaltVault
import Sealing
import StatsStore

struct VacuumCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vacuum",
    abstract: "Gives the room of what was deleted back to the disk.",
    discussion: """
      The file is put together anew in memory, so as much memory is needed as the statistics take, and as much room on \
      the disk. Worth it after footfall prune; room that is kept is used again by later imports.

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
        Messages.problem("a reader of the database keeps the journal large; the next command empties it")
      }
    }
  }

  private static func kibibytes(_ bytes: Int64) -> String {
    NumberText.grouped((bytes + 1_023) / 1_024)
  }
}

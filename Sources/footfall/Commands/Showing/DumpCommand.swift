import ArgumentParser
import StatsStore

struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump", abstract: "Print all statistics as sorted text.",
    discussion: """
      Databases with the same statistics print the same bytes, however their logs were split and in whatever order \
      they were imported:
        diff <(footfall dump --db a.db) <(footfall dump --db b.db)
      """)

  @OptionGroup var stats: StatsOptions

  func run() throws {
    try ExitCodes.reporting {
      try StatsStore(path: stats.database, mode: .read).dump { Messages.data($0) }
    }
  }
}

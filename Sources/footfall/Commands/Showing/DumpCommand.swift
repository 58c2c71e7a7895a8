import ArgumentParser
import StatsStore

struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump", abstract: "Prints all statistics as sorted text.",
    discussion: """
      Two databases that hold the same statistics print the same bytes, however their logs were split and in whatever \
      order they came:
        diff <(footfall dump --db a.db) <(footfall dump --db b.db)
      """)

  @OptionGroup var stats: StatsOptions

  func run() throws {
    try ExitCodes.reporting {
      try StatsStore(path: stats.database, mode: .read).dump { Messages.data($0) }
    }
  }
}

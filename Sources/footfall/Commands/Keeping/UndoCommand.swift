import ArgumentParser
import Hits
import Reporting
import SaltVault
import Sealing
import StatsStore

struct UndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Undo an import, as if it had never happened.",
    discussion: """
      Its lines become new again, so you can import its files again, for example with another --site. This works only \
      while its days are open. An import of statistics of another program can be undone at any time; what it replaced \
      does not come back. footfall imports lists the numbers.

      Examples:
        footfall undo 12
        footfall undo 12 --yes
      """)

  @Argument(help: ArgumentHelp("Number of the import.", valueName: "id"))
  var id: Int64

  @OptionGroup var stats: StatsOptions
  @OptionGroup var writer: WriterOptions

  @Flag(help: "Do not ask for confirmation.")
  var yes = false

  func run() throws {
    try ExitCodes.reporting {
      let store = try StatsStore(existing: stats.database, wait: writer.wait)
      let undoing = try Undoing(id, store, try SaltVault(besideDatabase: stats.database))
      try Confirmation.ask(Self.preview(undoing), question: "undo import \(id)?", isGiven: yes)
      try undoing.run()
      Messages.output("import \(id) is undone\n")
    }
  }

  /// The number of files with statistics of other programs that are listed.
  private static let mostParts = 10

  private static func preview(_ undoing: Undoing) -> String {
    let record = undoing.record
    let names = record.files.prefix(mostParts).map(\.name) + (record.files.count > mostParts ? ["…"] : [])
    let files = (undoing.effect.past.isEmpty ? record.files.map(\.name) : names).joined(separator: ", ")
    var lines = ["import \(record.id) of \(TimeText.minute(record.startedAt)): \(files.isEmpty ? "no files" : files)"]
    for day in undoing.effect.days {
      lines.append("  \(DayName.name(day.day))  \(day.host)  loses \(NumberText.grouped(day.pageviews)) page views")
    }
    for extent in undoing.effect.past.prefix(mostParts) {
      lines.append("  \(DayText.range(extent.days))  \(extent.host)  loses the statistics of \(extent.origin.title)")
    }
    let more = undoing.effect.past.count - mostParts
    if more > 0 { lines.append("  … and those of \(NumberText.grouped(more)) more files") }
    if undoing.effect.past.isEmpty {
      lines.append("  \(NumberText.grouped(undoing.effect.lines)) lines will be new again")
    }
    let later = undoing.effect.laterImports
    if !later.isEmpty {
      let numbers = later.map(String.init).joined(separator: ", ")
      lines.append(
        later.count == 1
          ? "  import \(numbers) found lines already imported, perhaps these; import its files again afterwards"
          : "  imports \(numbers) found lines already imported, perhaps these; import their files again afterwards")
    }
    return lines.joined(separator: "\n")
  }
}

import ArgumentParser
import Reporting
import StatsStore

struct ExportCommand: ParsableCommand {
  /// What the files are for.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv
    case json
    case plausible
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the statistics as files: CSV, JSON, or what Plausible imports.",
    discussion: """
      csv and json write one file for each view of docs/sql.md. plausible writes the ten files of one site that \
      Plausible's import takes; what they cannot hold is in docs/exports.md.

      Examples:
        footfall export csv --output tables --since 2026-01-01
        footfall export json --table pages_daily --site example.com | jq '.[0]'
        footfall export plausible --output plausible --site example.com --until 2026-10-31
      """)

  @Argument(help: ArgumentHelp("csv, json or plausible.", valueName: "format"))
  var format: Format

  @OptionGroup var stats: StatsOptions

  @Option(help: ArgumentHelp("The folder to write into; it is made where there is none.", valueName: "folder"))
  var output: String?

  @Option(help: ArgumentHelp("Print this one table (csv, json).", valueName: "view"))
  var table: String?

  @Option(help: ArgumentHelp("The site: a host name of it, or its tracking id.", valueName: "host"))
  var site: String?

  @Option(help: ArgumentHelp("The first day (default: the first one with data).", valueName: "date"))
  var since: Day?

  @Option(help: ArgumentHelp("The last day, included (default: the last one with data).", valueName: "date"))
  var until: Day?

  @Flag(help: "Do not list the files.")
  var quiet = false

  func validate() throws {
    guard (output == nil) != (table == nil) else { throw ValidationError("say either --output or --table") }
    if let table {
      guard format != .plausible else { throw ValidationError("--table is for csv and json") }
      guard TableReader.tables.contains(table) else {
        throw ValidationError("no table \(table); there are \(TableReader.tables.joined(separator: ", "))")
      }
    }
    if let since, let until, since.number > until.number { throw ValidationError("--since is later than --until") }
  }

  func run() throws {
    try ExitCodes.reporting {
      let exporting = try Exporting(
        database: stats.database, ExportOptions(site: site, since: since?.number, until: until?.number),
        needsOneSite: format == .plausible)
      guard let days = exporting.days else {
        Messages.problem("\(stats.database): nothing counted in this period; nothing was written")
        throw ExitCodes.failed
      }
      let files = try exporting.withTables { reader in try write(reader, days) } ?? []
      guard !quiet else { return }
      Messages.output(
        files.map { "\($0.file)  \(NumberText.grouped($0.rows)) \($0.rows == 1 ? "row" : "rows")\n" }.joined())
      if exporting.openDays > 0 {
        let open = exporting.openDays == 1 ? "1 of the days is open" : "\(exporting.openDays) of the days are open"
        Messages.say("\(open): lines that come later are missing in this export")
      }
    }
  }

  private func write(_ reader: TableReader, _ days: ClosedRange<Int32>) throws -> [(file: String, rows: Int)] {
    guard let tables = TableExport.Format(rawValue: format.rawValue) else {
      return try PlausibleExport(reader, days: days).write(into: output ?? ".")
    }
    let export = TableExport(tables, reader)
    if let table {
      try export.print(table, isForTerminal: Messages.stdoutIsTerminal)
      return []
    }
    return try export.write(into: output ?? ".")
  }
}

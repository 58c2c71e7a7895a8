import ArgumentParser
import Foundation
import Hits
import Reporting
import Sending
import StatsStore

struct ExportCommand: ParsableCommand {
  /// The format of the files.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv
    case json
    case plausible
    case matomo
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Export the statistics as CSV, as JSON or for Plausible, or requests for Matomo.",
    discussion: """
      csv and json write one file for each view of docs/sql.md. plausible writes the ten files that Plausible imports, \
      for one site; docs/exports.md lists what they cannot represent. matomo writes requests, as footfall convert makes \
      them of logs, as bodies of Matomo's bulk tracking API to standard output, 200 in each line; they hold addresses \
      and user agents.

      Examples:
        footfall export csv --output tables --since 2026-01-01
        footfall export json --table pages_daily --site example.com | jq '.[0]'
        footfall export plausible --output plausible --site example.com --until 2026-10-31
        footfall convert access.log --site example.com | footfall export matomo - --matomo-site 1 > bodies.ndjson
      """)

  @Argument(help: ArgumentHelp("Format of the files.", valueName: "format"))
  var format: Format

  @Argument(
    help: ArgumentHelp("matomo: file of requests that footfall convert wrote; - for standard input.", valueName: "file")
  )
  var requests: String?

  @OptionGroup var stats: StatsOptions

  @Option(help: ArgumentHelp("matomo: number of the site in Matomo.", valueName: "id"))
  var matomoSite: Int?

  @Option(
    help: ArgumentHelp(
      "matomo: file with the token that each body carries (default: bodies without a token).", valueName: "file"))
  var tokenFile: String?

  @Option(help: ArgumentHelp("Folder to write to, which is created if it is missing.", valueName: "folder"))
  var output: String?

  @Option(help: ArgumentHelp("Print only this table to standard output (csv, json).", valueName: "view"))
  var table: String?

  @Option(help: ArgumentHelp("Host name or tracking id of the site (default: all sites).", valueName: "host"))
  var site: String?

  @OptionGroup var days: DayOptions

  @Flag(help: "Do not list the files.")
  var quiet = false

  func validate() throws {
    guard (format == .matomo) == (requests != nil) else {
      throw ValidationError(
        format == .matomo
          ? "matomo needs a file of requests, as footfall convert writes them; - for standard input"
          : "a file of requests works only with matomo")
    }
    if format == .matomo {
      guard matomoSite ?? 0 > 0 else {
        throw ValidationError("matomo needs --matomo-site, the number of the site there")
      }
      guard output == nil, table == nil, site == nil, days.asked == AskedDays() else {
        throw ValidationError("matomo exports all requests of the file; choose them with footfall convert")
      }
      return
    }
    guard (output == nil) != (table == nil) else { throw ValidationError("give either --output or --table") }
    if let table {
      guard format != .plausible else { throw ValidationError("--table works only with csv and json") }
      guard TableReader.tables.contains(table) else {
        throw ValidationError("no table \(table); the tables are \(TableReader.tables.joined(separator: ", "))")
      }
    }
  }

  /// How many lines that are no requests have a message of their own.
  private static let mostFaults = 10

  func run() throws {
    try ExitCodes.reporting {
      if let requests { return try exportForMatomo(requests) }
      let exporting = try Exporting(
        database: stats.database, ExportOptions(site: site, days: days.asked, now: Int64(Date().timeIntervalSince1970)),
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
        let open = exporting.openDays == 1 ? "1 day is" : "\(exporting.openDays) days are"
        Messages.say("\(open) still open; lines that come later are not in this export")
      }
    }
  }

  private func exportForMatomo(_ requests: String) throws {
    let token = try tokenFile.map { try SendCommand.token(inFile: $0) }
    var bodies = try MatomoBodies(path: requests, site: matomoSite ?? 0, token: token)
    var faults = 0
    let count = try bodies.forEachBody(
      onFault: { line in
        faults += 1
        guard faults <= Self.mostFaults else { return }
        Messages.problem("\(requests):\(line): no request as footfall convert writes it; left out")
      }, { Messages.data($0) })
    if !quiet { Messages.say("\(NumberText.grouped(count)) requests") }
    guard faults > 0 else { return }
    if faults > Self.mostFaults {
      Messages.problem("\(requests): \(NumberText.grouped(faults)) lines are no requests; left out")
    }
    throw ExitCodes.incomplete
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

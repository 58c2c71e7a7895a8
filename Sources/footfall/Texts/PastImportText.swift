import Hits
import Importing
import Reporting

/// What `import-stats` added, for people and for scripts.
enum PastImportText {
  /// The number of files up to which each has a line of its own.
  private static let mostFiles = 30

  static func text(_ summary: PastImportSummary, isDryRun: Bool) -> String {
    let shown = summary.files.count <= mostFiles ? summary.files : summary.files.filter { !isPlain($0) }
    var text = shown.map(line).joined()
    if summary.files.count > 1 { text += line(total(of: summary)) }
    guard summary.id != nil else { return text + "nothing new: all of it is here already, or left out\n" }
    let verb = isDryRun ? "would add" : "added"
    let hosts = Set(summary.files.map(\.host)).subtracting([""]).sorted()
    let sites = hosts.count == 1 ? hosts[0] : "\(NumberText.grouped(hosts.count)) sites"
    return text + "\(verb) to \(sites) as a series of \(origins(of: summary))\(number(summary, isDryRun))\n"
  }

  private static func origins(of summary: PastImportSummary) -> String {
    let origins = Set(summary.files.filter { !$0.host.isEmpty }.map(\.origin))
    return PastOrigin.allCases.filter(origins.contains).map(\.title).joined(separator: " and of ")
  }

  private static func number(_ summary: PastImportSummary, _ isDryRun: Bool) -> String {
    isDryRun ? "" : summary.id.map { "; footfall undo \($0) takes it back" } ?? ""
  }

  /// Whether everything of a file was taken, and there is nothing else to say about it.
  private static func isPlain(_ file: PastImportSummary.File) -> Bool {
    file.known + file.older + file.cut == 0 && file.remarks.isEmpty
  }

  private static func total(of summary: PastImportSummary) -> PastImportSummary.File {
    var total = PastImportSummary.File(name: "total", origin: summary.origin, host: "")
    for file in summary.files {
      total.added += file.added
      total.replaced += file.replaced
      total.known += file.known
      total.older += file.older
      total.cut += file.cut
      total.rows += file.rows
      guard let days = file.days else { continue }
      total.days = total.days.map { min($0.lowerBound, days.lowerBound)...max($0.upperBound, days.upperBound) } ?? days
    }
    return total
  }

  private static func line(_ file: PastImportSummary.File) -> String {
    let counts = [
      (file.added, "new"), (file.replaced, "replaced"), (file.known, "here already"),
      (file.older, "skipped, because a later state is here already"),
      (file.cut, "cut, because own counting or --until comes before their end"),
    ].filter { $0.0 > 0 }.map { "\(NumberText.grouped($0.0)) \($0.1)" }
    let days = file.days.map { "  " + DayText.range($0) } ?? ""
    let remarks = file.remarks.map { "    \($0)\n" }.joined()
    return "\(file.name)\(days)\(counts.isEmpty ? "" : ": " + counts.joined(separator: ", "))\n\(remarks)"
  }

  static func json(_ summary: PastImportSummary, isDryRun: Bool) throws -> String {
    try JSONText.of(PastImportJSON(summary, isDryRun: isDryRun))
  }
}

private struct PastImportJSON: Encodable {
  struct File: Encodable {
    var name: String
    var origin: String
    var site: String
    var since: String?
    var until: String?
    var added: Int
    var replaced: Int
    var known: Int
    var older: Int
    var cut: Int
    var rows: Int
    var remarks: [String]

    init(_ file: PastImportSummary.File) {
      name = file.name
      origin = file.origin.rawValue
      site = file.host
      since = (file.days?.lowerBound).map(DayName.name)
      until = (file.days?.upperBound).map(DayName.name)
      added = file.added
      replaced = file.replaced
      known = file.known
      older = file.older
      cut = file.cut
      rows = file.rows
      remarks = file.remarks
    }
  }

  var `import`: Int64?
  var origin: String
  var dry_run: Bool
  var files: [File]

  init(_ summary: PastImportSummary, isDryRun: Bool) {
    `import` = isDryRun ? nil : summary.id
    origin = summary.origin.rawValue
    dry_run = isDryRun
    files = summary.files.map(File.init)
  }
}

import Hits
import Importing
import Reporting
import Sealing

/// The summary of an import, for people and for scripts.
enum SummaryText {
  /// Returns one block per file, then the total if there are several.
  static func table(_ summary: ImportSummary) -> String {
    var blocks = summary.files.map { block($0.name, $0.outcomes, note: $0.note) }
    if summary.files.count > 1 { blocks.append(block("total", summary.outcomes, note: nil)) }
    if !summary.unknownHosts.isEmpty {
      let hosts = summary.unknownHosts.map {
        "  \(pad(NumberText.grouped($0.lines)))  \($0.host.isEmpty ? "(no host)" : $0.host)\n"
      }.joined()
      let head =
        summary.isOfRequests
        ? "tracking ids that belong to no site (footfall sites lists the known ones)\n"
        : "hosts that belong to no site (if one is yours: footfall undo \(summary.id), sites add HOST, import again)\n"
      blocks.append(head + hosts)
    }
    if !summary.sealed.isEmpty {
      blocks.append(summary.sealed.map { "sealed \(DayName.name($0.day))  \($0.host)\n" }.joined())
    }
    if !summary.remarks.isEmpty { blocks.append(summary.remarks.map { $0 + "\n" }.joined()) }
    return blocks.joined(separator: "\n")
  }

  /// Returns a message for each geo file that was of no use.
  static func geoProblems(_ summary: ImportSummary) -> [String] {
    summary.silentGeoFiles.map {
      "\($0): this geo file knew none of the addresses looked up; if that is a surprise, name another one with --geo"
    }
  }

  private static func block(_ name: String, _ outcomes: OutcomeCounts, note: String?) -> String {
    var text = "\(name)\(note.map { " (\($0))" } ?? "")\n"
    for (outcome, lines) in outcomes.present {
      text += "  \(pad(NumberText.grouped(lines)))  \(outcome.name)\n"
    }
    return text + "  \(pad(NumberText.grouped(outcomes.total)))  lines\n"
  }

  private static func pad(_ number: String) -> String {
    String(repeating: " ", count: max(0, 13 - number.count)) + number
  }

  /// Returns the summary as one JSON object; docs/cli.md documents the keys.
  static func json(_ summary: ImportSummary) throws -> String {
    try JSONText.of(SummaryJSON(summary))
  }

  /// Returns the same object on one line.
  static func jsonLine(_ summary: ImportSummary) throws -> String {
    try JSONText.line(SummaryJSON(summary))
  }
}

private struct SummaryJSON: Encodable {
  struct File: Encodable {
    var name: String
    var format: String?
    var lines: Int
    var problem: String?
    var warning: String?
    var outcomes: [String: Int]
  }

  var `import`: Int64
  var lines: Int
  var outcomes: [String: Int]
  var files: [File]
  var unknown_hosts: [String: Int]?
  var unknown_tracking_ids: [String: Int]?
  var days_rebuilt: Int
  var days_sealed: [SealedDayJSON]

  init(_ summary: ImportSummary) {
    `import` = summary.id
    lines = summary.outcomes.total
    outcomes = summary.outcomes.named
    files = summary.files.map {
      File(
        name: $0.name, format: $0.format, lines: $0.outcomes.total, problem: $0.problem, warning: $0.warning,
        outcomes: $0.outcomes.named)
    }
    let unknown = Dictionary(summary.unknownHosts.map { ($0.host, $0.lines) }) { $0 + $1 }
    unknown_hosts = summary.isOfRequests ? nil : unknown
    unknown_tracking_ids = summary.isOfRequests ? unknown : nil
    days_rebuilt = summary.daysRebuilt
    days_sealed = summary.sealed.map(SealedDayJSON.init)
  }
}

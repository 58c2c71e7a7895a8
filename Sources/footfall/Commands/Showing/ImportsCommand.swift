import ArgumentParser
import Hits
import Reporting
import StatsStore

struct ImportsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "imports",
    abstract: "List the imports with their files and outcomes.",
    discussion: """
      Examples:
        footfall imports
        footfall imports --json | jq '.[-1].outcomes'
      """)

  @OptionGroup var stats: StatsOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try ExitCodes.reporting {
      let imports = try StatsStore(path: stats.database, mode: .read).imports()
      Messages.output(
        json ? try JSONText.of(imports.map(ImportJSON.init)) : imports.map(Self.text).joined(separator: "\n"))
    }
  }

  private static func text(_ record: ImportRecord) -> String {
    var head = "\(record.id)  \(TimeText.minute(record.startedAt))"
    if let site = record.site { head += "  \(site)" }
    if let day = record.rebuiltDay { head += "  rebuild of \(DayName.name(day))" }
    if let source = record.mergedFrom {
      head += source == ImportRecord.job ? "  job on many machines" : "  sealed days of another database"
    }
    if record.finishedAt == nil { head += "  interrupted" }
    let files = record.files.map { file in
      if PastOrigin(rawValue: file.format) != nil { return past(file) }
      let outcomes = file.outcomes.present.map { "\(NumberText.grouped($0.lines)) \($0.outcome.name)" }
      let text = "    \(file.name): \(outcomes.joined(separator: ", "))\n"
      return text + (file.problem.map { "      \($0)\n" } ?? "")
    }
    return head + "\n" + (files.isEmpty ? "    nothing new\n" : files.joined())
  }

  private static func past(_ file: ImportRecord.File) -> String {
    let extents = file.past.map { "\($0.origin.title) of \($0.host), \(DayText.range($0.days))" }
    return "    \(file.name): \(extents.isEmpty ? "nothing new" : extents.joined(separator: "; "))\n"
  }
}

/// An import in JSON.
struct ImportJSON: Encodable {
  struct File: Encodable {
    var name: String
    var format: String
    var lines: Int
    var outcomes: [String: Int]
    var problem: String?
    var past: [Past]?

    init(_ file: ImportRecord.File) {
      name = file.name
      format = file.format
      lines = file.outcomes.total
      outcomes = file.outcomes.named
      problem = file.problem
      past = file.past.isEmpty ? nil : file.past.map(Past.init)
    }
  }

  struct Past: Encodable {
    var site: String
    var origin: String
    var since: String
    var until: String
    var parts: Int

    init(_ extent: PastExtent) {
      site = extent.host
      origin = extent.origin.rawValue
      since = DayName.name(extent.days.lowerBound)
      until = DayName.name(extent.days.upperBound)
      parts = extent.parts
    }
  }

  var id: Int64
  var started_at: String
  var finished_at: String?
  var version: String
  var site: String?
  var rebuilt_day: String?
  var merged_from: String?
  var lines: Int
  var outcomes: [String: Int]
  var files: [File]

  init(_ record: ImportRecord) {
    id = record.id
    started_at = TimeText.iso(record.startedAt)
    finished_at = record.finishedAt.map(TimeText.iso)
    version = record.version
    site = record.site
    rebuilt_day = record.rebuiltDay.map(DayName.name)
    merged_from = record.mergedFrom
    lines = record.outcomes.total
    outcomes = record.outcomes.named
    files = record.files.map(File.init)
  }
}

extension OutcomeCounts {
  /// The numbers of lines of the outcomes that occurred, by name.
  var named: [String: Int] {
    Dictionary(uniqueKeysWithValues: present.map { ($0.outcome.name, $0.lines) })
  }
}

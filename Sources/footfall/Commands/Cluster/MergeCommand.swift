import ArgumentParser
import Clustering
import Foundation
import Hits
import Reporting
import Rollups
import Sealing
import StatsStore

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Step 3 of a job on many machines: merge the parts of all reducers into the database.",
    discussion: """
      Checks that the parts are undamaged, complete for the job and made for this database, then adds their days in \
      one transaction. The days are sealed: their lines, if imported later, end as already_imported or late. Days that \
      already have hits, or are sealed, are refused unless --replace is given. See docs/scale-out.md.

      Examples:
        footfall merge --into stats.db part-*
        footfall merge --into stats.db --files 48 --replace part-*
      """)

  @Argument(help: ArgumentHelp("Parts written by footfall reduce, all from one job.", valueName: "part"))
  var parts: [String]

  @Option(
    name: [.customLong("into"), .customLong("db")],
    help: ArgumentHelp("Database for which the job key was made.", valueName: "file"))
  var into = "footfall.db"

  @Option(help: ArgumentHelp("Refuse to merge unless the job has read this many files.", valueName: "n"))
  var files: Int?

  @Flag(help: "Replace days that the database already has. Shows old and new totals and asks first.")
  var replace = false

  @Flag(help: "Do not ask for confirmation.")
  var yes = false

  @Flag(help: "Print no summary.")
  var quiet = false

  @OptionGroup var config: ConfigOptions

  @OptionGroup var writer: WriterOptions

  func run() throws {
    try ExitCodes.reporting {
      let now = Int64(Date().timeIntervalSince1970)
      let merging = try JobMerging(
        parts, into: into, replaces: replace, expectedFiles: files, wait: writer.wait, version: Version.number, now: now
      )
      let effect = try merging.effect
      let old = effect.days.filter { $0.old != nil }
      if replace, !old.isEmpty {
        let count = old.count == 1 ? "1 day" : "\(NumberText.grouped(old.count)) days"
        try Confirmation.ask(
          old.map(Self.line).joined(separator: "\n"), question: "replace \(count)?", isGiven: yes)
      }
      let isSwept = try merging.run(now: now)
      if !quiet { Messages.output(Self.text(effect)) }
      if !isSwept { Messages.problem(Sealing.heldUp) }
    }
  }

  private static func text(_ effect: JobEffect) -> String {
    var text = "\(NumberText.grouped(effect.files)) \(effect.files == 1 ? "file" : "files")\n"
    for (outcome, lines) in effect.outcomes.present { text += "  \(padded(lines))  \(outcome.name)\n" }
    text += "  \(padded(effect.outcomes.total))  lines\n\n"
    return text + effect.days.map { line($0) + "\n" }.joined()
  }

  private static func line(_ day: JobEffect.Day) -> String {
    let old = day.old.map { "\(NumberText.grouped($0.pageviews)) -> " } ?? ""
    return "sealed \(DayName.name(day.day))  \(day.host)  \(old)\(NumberText.grouped(day.new.pageviews)) page views"
  }

  private static func padded(_ number: Int) -> String {
    let text = NumberText.grouped(number)
    return String(repeating: " ", count: max(0, 13 - text.count)) + text
  }
}

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
    abstract: "The last step of a job on many machines: the parts of all reducers into the database.",
    discussion: """
      Checks that the parts are whole, are all of the job and belong to this database, and brings their days in, in one \
      transaction. The days are sealed: lines of them that are imported afterwards are known or late. Days that have hits \
      already, or are sealed, are refused unless --replace is given. docs/scale-out.md explains jobs.

      Examples:
        footfall merge --into stats.db part-*
        footfall merge --into stats.db --files 48 --replace part-*
      """)

  @Argument(help: ArgumentHelp("The parts that footfall reduce has written, all of one job.", valueName: "part"))
  var parts: [String]

  @Option(
    name: [.customLong("into"), .customLong("db")],
    help: ArgumentHelp("The database of statistics, for which the job key was made.", valueName: "file"))
  var into = "footfall.db"

  @Option(help: ArgumentHelp("Refuse unless the job has read so many files.", valueName: "n"))
  var files: Int?

  @Flag(help: "Replace days that are there already. Shows old and new totals and asks.")
  var replace = false

  @Flag(help: "Do not ask.")
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

import Foundation
import Hits
import Importing
import Reporting

/// Imports files again and again as they grow, until SIGINT or SIGTERM. Prints one line for each round with new lines.
struct Follow {
  /// Whether to print rounds as JSON.
  let isJSON: Bool
  /// Whether to print neither rounds nor progress.
  let isQuiet: Bool

  /// Imports once, and again after each pause.
  func run(_ options: ImportOptions, every pause: FollowPause) throws {
    let stop = StopSignals()
    let progress = ProgressLine(isShown: Messages.stderrIsTerminal && !isQuiet)
    let follower = try FollowRun(options) { problem in
      progress.clear()
      Messages.problem(problem)
    }
    var told: Set<String> = []
    repeat {
      let summary = try follower.round(shouldStop: { stop.haveCome }, onProgress: progress.show)
      progress.clear()
      guard let summary else { continue }
      if !isQuiet {
        for remark in summary.remarks where told.insert(remark).inserted { Messages.problem(remark) }
      }
      try tell(summary)
    } while !stop.come(within: pause.seconds)
  }

  private func tell(_ summary: ImportSummary) throws {
    if isJSON {
      Messages.output(try SummaryText.jsonLine(summary))
    } else if !isQuiet, summary.newLines > 0 {
      Messages.output("\(TimeText.local(Date()))  \(Self.text(summary))\n")
    }
  }

  /// `+120 lines, 34 page views`, then the number of lines that belong to no site, if any.
  private static func text(_ summary: ImportSummary) -> String {
    let lost = summary.outcomes[.unknownSite]
    return "+" + counted(summary.newLines, "line") + ", " + counted(summary.outcomes[.pageview], "page view")
      + (lost > 0 ? ", " + counted(lost, "line") + " of no site" : "")
  }

  private static func counted(_ number: Int, _ noun: String) -> String {
    NumberText.grouped(number) + " " + noun + (number == 1 ? "" : "s")
  }
}

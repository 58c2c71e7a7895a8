import ArgumentParser
import Foundation
import Reporting
import Sealing
import StatsStore

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show the sites, the open days and why they are open, and the last import.",
    discussion: """
      An open day accepts more lines. Until it is sealed, its hits, line hashes and salt are kept.

      Examples:
        footfall status
        footfall status --json | jq '.open_days[] | select(.kept_open_by == "awaits_import")'
      """)

  @OptionGroup var stats: StatsOptions
  @OptionGroup var sealing: SealOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try ExitCodes.reporting {
      let store = try StatsStore(path: stats.database, mode: .read)
      let status = try Status(
        store, sealDelay: sealing.delay.seconds, now: Int64(Date().timeIntervalSince1970))
      Messages.output(json ? try JSONText.of(StatusJSON(status)) : StatusText.text(status))
    }
  }
}

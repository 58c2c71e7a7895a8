import ArgumentParser
import Configuring
import Foundation
import Importing
import Reporting

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check everything that counting depends on, and say what to do.",
    discussion: """
      Checks the configuration, whether the logs it names can be read, disk space, database and books, the last import, \
      what an interrupted command left, days that wait to be sealed, the clock and time zones, the vault, and the age \
      of rules and geo files. Nothing is changed.

      Run it as the user who imports, with the same configuration file. Exits with 2 if there is a warning or a \
      problem.

      Examples:
        footfall doctor
        footfall doctor --quiet                            # for cron: prints nothing if all is well
        runuser -u footfall -- footfall doctor --config /etc/footfall/footfall.toml
        footfall doctor --json | jq -r '.checks[] | select(.level != "ok") | .text'
      """)

  @OptionGroup var stats: StatsOptions
  @OptionGroup var sealing: SealOptions

  @Option(help: ArgumentHelp("Folder with the rules for browsers and robots.", valueName: "folder"))
  var data: String?

  @Flag(help: "Compare the indices of the database and references between its tables, too; takes longer.")
  var full = false

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print only what is not ok.")
  var quiet = false

  func run() throws {
    try ExitCodes.reporting {
      let file = try ConfigOptions.file(stats.config.path)
      var options = HealthOptions(
        database: stats.database, sealDelay: sealing.delay.seconds, now: Int64(Date().timeIntervalSince1970))
      options.logs = file?.logs(for: "import") ?? []
      options.geo = file?.texts(of: "geo", for: "import") ?? []
      options.data = data ?? file?.texts(of: "data", for: "import").first
      options.isThorough = full
      let checks = Self.configuration(file) + Health.checks(options)
      Messages.output(json ? try JSONText.of(HealthJSON(checks)) : HealthText.text(checks, omitsOK: quiet))
      if checks.contains(where: { $0.level != .ok }) { throw ExitCodes.incomplete }
    }
  }

  private static func configuration(_ file: ConfigFile?) -> [HealthCheck] {
    guard let file else {
      return [HealthCheck("config", .ok, "no configuration file; footfall config init proposes one")]
    }
    let faults = ConfigCheck.faults(file)
    guard faults.isEmpty else {
      return faults.map {
        HealthCheck("config", .problem, $0.description, advice: "correct it; imports stop until then")
      }
    }
    return [HealthCheck("config", .ok, "\(file.path): no problems found")]
  }
}

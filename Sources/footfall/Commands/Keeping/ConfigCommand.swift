import ArgumentParser
import Configuring

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Propose or check the configuration file.",
    discussion: """
      Flags can also be set in footfall.toml, by their names without dashes; docs/config.md has examples. Keys in a \
      table such as [import] apply to that command only. Flags on the command line take precedence.
      """,
    subcommands: [Init.self, Check.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Report what is wrong with the configuration file: unknown keys, wrong types, invalid values.")

    @OptionGroup var config: ConfigOptions

    func run() throws {
      try ExitCodes.reporting {
        guard let file = try ConfigOptions.file(config.path ?? ConfigFile.usualName) else {
          throw ValidationError("--config none leaves no file to check")
        }
        let faults = ConfigCheck.faults(file)
        guard faults.isEmpty else { throw ConfigFaults(faults) }
        Messages.output("\(file.path): \(file.entries.count) keys, \(file.sites.count) sites; no problems found\n")
      }
    }
  }
}

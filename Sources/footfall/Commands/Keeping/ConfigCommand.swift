import ArgumentParser
import Configuring

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Checks the configuration file.",
    discussion: """
      Every flag can stand in footfall.toml instead, by its name without dashes; docs/config.md has examples. Keys of a \
      table such as [import] hold for that command alone. Flags on the command line win.
      """,
    subcommands: [Check.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Tells what is wrong with the configuration file: unknown keys, wrong types, bad values.")

    @OptionGroup var config: ConfigOptions

    func run() throws {
      try ExitCodes.reporting {
        guard let file = try ConfigOptions.file(config.path ?? ConfigFile.usualName) else {
          throw ValidationError("--config none names no file to check")
        }
        let faults = ConfigCheck.faults(file)
        guard faults.isEmpty else { throw ConfigFaults(faults) }
        Messages.output("\(file.path): \(file.entries.count) keys, \(file.sites.count) sites; nothing is wrong\n")
      }
    }
  }
}

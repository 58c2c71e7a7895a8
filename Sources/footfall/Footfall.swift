import ArgumentParser
import Configuring
import Importing

/// The command line: parses the arguments, calls one use case and maps its result to an exit code.
@main
struct Footfall: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "footfall",
    abstract: "Turns access logs into privacy-first web statistics.",
    discussion: """
      Import logs as often as you like; no line is ever counted twice:

        footfall import /var/log/nginx/access.log* --site example.com
        footfall report

      Statistics are stored in one SQLite file (--db, default footfall.db), secrets next to it in footfall.db.vault. \
      Addresses and user agents are never written to disk.

      Exit codes: 0 done; 1 failed, nothing changed; 2 done, but some input was malformed, damaged or not a log; \
      64 usage error; 70 internal error; 74 disk error; 75 another command is writing, try again.
      """,
    version: Version.text,
    groupedSubcommands: [
      CommandGroup(
        name: "Counting",
        subcommands: [
          ImportCommand.self, ImportStatsCommand.self, CollectCommand.self, ConvertCommand.self, FormatsCommand.self,
          ExplainCommand.self,
          PathsCommand.self,
        ]),
      CommandGroup(
        name: "Statistics",
        subcommands: [
          ReportCommand.self, RobotsCommand.self, StatusCommand.self, CoverageCommand.self, ImportsCommand.self,
          ExportCommand.self, DumpCommand.self,
        ]),
      CommandGroup(
        name: "Maintenance",
        subcommands: [
          ConfigCommand.self, DoctorCommand.self, SitesCommand.self, TokensCommand.self, UndoCommand.self,
          SealCommand.self,
          RebuildCommand.self, RedactCommand.self, PruneCommand.self, VacuumCommand.self, MergeStatsCommand.self,
        ]),
      CommandGroup(name: "Server", subcommands: [ServeCommand.self, SendCommand.self]),
      CommandGroup(
        name: "Scale-out",
        subcommands: [JobKeyCommand.self, MapCommand.self, ReduceCommand.self, MergeCommand.self]),
    ])

  static func main() {
    Messages.dieQuietlyOnBrokenPipe()
    do {
      try ExitCodes.reporting {
        var command = try command(Array(CommandLine.arguments.dropFirst()))
        try command.run()
      }
    } catch {
      end(with: error)
    }
  }

  /// Parses the command from the arguments and the configuration file.
  private static func command(_ given: [String]) throws -> any ParsableCommand {
    let configured = try ConfiguredArguments(given)
    do {
      return try parseAsRoot(configured.arguments)
    } catch {
      let faults = configured.faults()
      throw faults.isEmpty ? error : ConfigFaults(faults)
    }
  }

  /// Ends the process. Help and versions go to stdout, usage errors to stderr, both in the library's words.
  private static func end(with error: any Error) -> Never {
    let code = exitCode(for: error)
    let text = fullMessage(for: error)
    if code == .success {
      if !text.isEmpty { Messages.output(text + "\n") }
    } else if let advice = UnknownCommand.advice(for: CommandLine.arguments) {
      Messages.problem(advice)
    } else if text.hasPrefix("Error: ") {
      Messages.say("footfall: " + text.dropFirst(7))
    }
    exit(withError: code)
  }
}

import ArgumentParser
import Configuring
import Importing

/// The command line: flags in, one use case called, its result mapped to an exit code.
@main
struct Footfall: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "footfall",
    abstract: "Turns access logs into privacy-first web statistics.",
    discussion: """
      The main job, safe to run again and again because no line is ever counted twice:

        footfall import /var/log/nginx/access.log* --site example.com
        footfall report

      Statistics lie in one SQLite file (--db, default footfall.db), secrets beside it in footfall.db.vault. \
      No address and no user agent is ever written to disk.

      Exit codes: 0 done; 1 failed, nothing changed; 2 done, but some input was unreadable, damaged or not a log; \
      64 wrong usage; 70 internal error; 74 disk error; 75 another import is running, try again.
      """,
    version: Version.text,
    subcommands: [
      ImportCommand.self, CollectCommand.self, ConvertCommand.self, ExplainCommand.self, ReportCommand.self,
      StatusCommand.self, SitesCommand.self, TokensCommand.self, ServeCommand.self, SendCommand.self,
      ImportsCommand.self, UndoCommand.self, SealCommand.self, RebuildCommand.self, PruneCommand.self,
      VacuumCommand.self, FormatsCommand.self, CoverageCommand.self, ExportCommand.self, MergeStatsCommand.self,
      DumpCommand.self, ConfigCommand.self, JobKeyCommand.self, MapCommand.self, ReduceCommand.self,
      MergeCommand.self,
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

  /// The command of the arguments and the configuration file.
  private static func command(_ given: [String]) throws -> any ParsableCommand {
    let configured = try ConfiguredArguments(given)
    do {
      return try parseAsRoot(configured.arguments)
    } catch {
      let faults = configured.faults()
      throw faults.isEmpty ? error : ConfigFaults(faults)
    }
  }

  /// Ends the process: help and versions on stdout, complaints about the usage on stderr, both as the library words them.
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

import ArgumentParser
import Configuring
import Foundation
import Importing
import Sealing

extension ConfigCommand {
  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init",
      abstract: "Propose a configuration file from what the configuration of nginx or Apache says.",
      discussion: """
        Takes the sites from the names of the servers, and the logs with their formats from where the servers write \
        them. Included files are followed. Of several logs with the same requests, one is read. The time zone is that \
        of this machine.

        Prints the file. On a terminal, it then asks whether to write it to footfall.toml; elsewhere, --output writes \
        it. A log that cannot be read or assigned to a site is not in the list; a message says why, and the exit code \
        is 2.

        Examples:
          footfall config init
          footfall config init --nginx-conf /etc/nginx/nginx.conf --output footfall.toml
          footfall config init --output /etc/footfall/footfall.toml --db /var/lib/footfall/footfall.db
        """)

    @Option(
      name: .customLong("nginx-conf"),
      help: ArgumentHelp(
        "Main file of nginx (default: the one of nginx or Apache in the usual places).", valueName: "file"))
    var nginxConfiguration: String?

    @Option(name: .customLong("apache-conf"), help: ArgumentHelp("Main file of Apache.", valueName: "file"))
    var apacheConfiguration: String?

    @Option(
      name: .customLong("db"),
      help: ArgumentHelp(
        "Database to name in the file; a relative path starts in the file's folder.", valueName: "file"))
    var database = "footfall.db"

    @Option(help: ArgumentHelp("Write to this file instead of printing.", valueName: "file"))
    var output: String?

    @Flag(help: "Replace the file if it exists.")
    var replace = false

    func validate() throws {
      if nginxConfiguration != nil, apacheConfiguration != nil {
        throw ValidationError(
          "--nginx-conf and --apache-conf cannot be combined; name the server that visitors talk to")
      }
      if replace, output == nil { throw ValidationError("--replace goes with --output; name the file") }
    }

    func run() throws {
      try ExitCodes.reporting {
        if let output, !replace, FileManager.default.fileExists(atPath: output) {
          throw Refusal.failed("\(output) exists and was not changed; add --replace to replace it")
        }
        let (path, isNginx) = try server()
        let proposal = try ServerProposal(ofServerAt: path, isNginx: isNginx)
        let text = ProposedFile.text(proposal, database: database)
        if let output {
          try write(text, to: output)
        } else {
          Messages.output(text)
          if try wantsFile() { try write(text, to: ConfigFile.usualName) }
        }
        for problem in proposal.omitted { Messages.problem(problem) }
        if !proposal.omitted.isEmpty { throw ExitCodes.incomplete }
      }
    }

    /// Returns the main file of the server: the given one, or the only one in the usual places.
    private func server() throws -> (path: String, isNginx: Bool) {
      if let nginxConfiguration { return (nginxConfiguration, true) }
      if let apacheConfiguration { return (apacheConfiguration, false) }
      let found = ServerProposal.usualPlaces.filter { FileManager.default.fileExists(atPath: $0.path) }
      guard let first = found.first else {
        let places = ServerProposal.usualPlaces.map(\.path).joined(separator: ", ")
        throw Refusal.usage(
          "no server's configuration found (\(places)); name it with --nginx-conf FILE or --apache-conf FILE")
      }
      guard found.count == 1 else {
        let flags = found.map { ($0.isNginx ? "--nginx-conf " : "--apache-conf ") + $0.path }
        throw Refusal.usage(
          "there are several servers; name the one that visitors talk to: \(flags.joined(separator: ", or "))")
      }
      return first
    }

    /// Asks whether to write the file, if there is a terminal to ask on and no such file.
    private func wantsFile() throws -> Bool {
      guard isatty(STDIN_FILENO) == 1, Messages.stdoutIsTerminal, Messages.stderrIsTerminal else { return false }
      guard !FileManager.default.fileExists(atPath: ConfigFile.usualName) else {
        Messages.say("\(ConfigFile.usualName) exists; to replace it, add --output \(ConfigFile.usualName) --replace")
        return false
      }
      Messages.say("write this to \(ConfigFile.usualName)? [y/N]")
      return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
    }

    private func write(_ text: String, to path: String) throws {
      do {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      } catch {
        throw ImportFailure.inputOutput("\(path): cannot be written; does the folder exist, and may you write to it?")
      }
      Messages.say("wrote \(path); look it over, then run footfall import")
      let faults = ConfigCheck.faults(try ConfigFile(path: path))
      guard faults.isEmpty else { throw ConfigFaults(faults) }
    }
  }
}

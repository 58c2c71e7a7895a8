import ArgumentParser
import Configuring

/// Suggests what a mistyped command was meant to be.
enum UnknownCommand {
  /// Returns a message if the first argument is not a command; nil if it is one, or a flag.
  static func advice(for arguments: [String]) -> String? {
    let names = Footfall.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard arguments.count > 1, !arguments[1].hasPrefix("-"), !names.contains(arguments[1]) else { return nil }
    let meant = Nearest.name(to: arguments[1], among: names).map { "; did you mean \($0)?" }
    return "no command '\(arguments[1])'" + (meant ?? "; see footfall --help")
  }
}

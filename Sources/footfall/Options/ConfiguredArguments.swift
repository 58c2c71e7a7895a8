import ArgumentParser
import Configuring

/// The arguments of the command line, with the flags of the configuration file before the given ones.
struct ConfiguredArguments {
  /// The arguments without the program's name.
  let arguments: [String]
  private let file: ConfigFile?

  /// Reads the configuration file that applies to a command line.
  ///
  /// - Throws: ``ConfigFaults``.
  init(_ given: [String]) throws {
    let command = Self.command(of: given)
    let asksForHelp = given.contains { ["--help", "-h", "--version"].contains($0) }
    guard !asksForHelp, !command.isEmpty, !["help", "config"].contains(command[0]) else {
      (arguments, file) = (given, nil)
      return
    }
    let rest = given.dropFirst(command.count)
    file = try ConfigOptions.file(Self.value(of: "--config", in: rest))
    let flags = Set(
      rest.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }.map { $0.dropFirst(2).prefix { $0 != "=" } })
    let entries = file?.entries(for: command.joined(separator: " "), besides: Set(flags.map(String.init))) ?? []
    arguments = command + entries.flatMap(\.arguments) + rest
  }

  /// Returns the faults of the file that can explain an error in the arguments; empty if the file has none.
  func faults() -> [ConfigFault] {
    file.map(ConfigCheck.faults) ?? []
  }

  /// Returns the words at the start that name the command.
  private static func command(of arguments: [String]) -> [String] {
    var words: [String] = []
    var commands = Footfall.configuration.subcommands
    for argument in arguments {
      guard let command = commands.first(where: { $0.configuration.commandName == argument })
      else { break }
      words.append(argument)
      commands = command.configuration.subcommands
    }
    return words.isEmpty ? Array(arguments.prefix(1).filter { $0 == "help" }) : words
  }

  private static func value(of flag: String, in arguments: ArraySlice<String>) -> String? {
    guard let index = arguments.lastIndex(where: { $0 == flag || $0.hasPrefix(flag + "=") }) else { return nil }
    if arguments[index] != flag { return String(arguments[index].dropFirst(flag.count + 1)) }
    return index + 1 < arguments.endIndex ? arguments[index + 1] : nil
  }
}

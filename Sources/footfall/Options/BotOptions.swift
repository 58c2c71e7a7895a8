import ArgumentParser

/// What tells robots besides the rules for user agents, for every command that counts logs.
struct BotOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A list of robots' networks: one CIDR a line, or the JSON that search engines publish; repeatable.",
      valueName: "file"))
  var botAddresses: [String] = []
}

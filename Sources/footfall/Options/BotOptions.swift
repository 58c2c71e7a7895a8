import ArgumentParser

/// Robot detection besides the rules for user agents, for every command that counts logs.
struct BotOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "List of robots' networks: one CIDR per line, or the JSON that search engines publish; repeatable.",
      valueName: "file"))
  var botAddresses: [String] = []
}

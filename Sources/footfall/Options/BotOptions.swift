import ArgumentParser
import Importing

/// Robot detection besides the rules for user agents, for every command that counts logs.
struct BotOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "List of robots' networks: one CIDR per line, or the JSON that search engines publish; repeatable.",
      valueName: "file"))
  var botAddresses: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      """
      Networks of one robot, as its operator publishes them: its requests are verified or forged; repeatable, for \
      example Googlebot=googlebot.json.
      """, valueName: "name=file"))
  var robotAddresses: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      List of networks or autonomous systems that you suspect, such as those of hosting companies: no verdict by \
      itself; repeatable. Systems need an ASN file (--geo).
      """, valueName: "file"))
  var suspectNetworks: [String] = []

  /// The flags as one value.
  var options: RobotAddressOptions {
    RobotAddressOptions(files: botAddresses, named: robotAddresses, suspects: suspectNetworks)
  }
}

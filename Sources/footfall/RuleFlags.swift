import ArgumentParser
import Importing

/// Flags of the commands that judge user agents.
struct RuleFlags: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of rule data.", valueName: "folder"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "More robots: Matomo's bots.yml, or one regular expression a line, with a class after a tab.",
      valueName: "file"))
  var botRules: String?

  /// The choice as the use cases want it.
  var options: RuleOptions { RuleOptions(folder: data, botRules: botRules) }
}

import ArgumentParser
import Importing

/// Flags of the commands that judge user agents and referrers.
struct RuleFlags: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of rule data.", valueName: "folder"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "More robots: Matomo's bots.yml, or one regular expression a line, with a class after a tab.",
      valueName: "file"))
  var botRules: String?

  @Option(
    help: ArgumentHelp(
      "Leave out requests that these hosts are the referrer of: one host a line, as Matomo's spammers.txt.",
      valueName: "file"))
  var referrerSpam: String?

  /// The choice as the use cases want it.
  var options: RuleOptions { RuleOptions(folder: data, botRules: botRules, referrerSpam: referrerSpam) }
}

import ArgumentParser
import Importing

/// Flags of the commands that classify user agents.
struct AgentRuleFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Folder with the rules for browsers and robots.", valueName: "folder"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "More robots: Matomo's bots.yml, or one regular expression per line, with a class after a tab.",
      valueName: "file"))
  var botRules: String?

  /// The flags as one value.
  var options: RuleOptions { RuleOptions(folder: data, botRules: botRules) }
}

/// Flags of the commands that classify user agents and referrers.
struct RuleFlags: ParsableArguments {
  @OptionGroup var agents: AgentRuleFlags

  @Option(
    help: ArgumentHelp(
      "Do not count requests with these referrers: one host per line, as in Matomo's spammers.txt.",
      valueName: "file"))
  var referrerSpam: String?

  /// The flags as one value.
  var options: RuleOptions {
    var options = agents.options
    options.referrerSpam = referrerSpam
    return options
  }
}

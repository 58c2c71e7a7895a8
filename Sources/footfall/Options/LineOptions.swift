import ArgumentParser
import Importing

extension MissingAgent: ExpressibleByArgument {}

/// Flags of all commands that read log lines: their format, their time zone and the proxies to trust.
struct LineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Log format: auto, a name listed by footfall formats, or the text of nginx's log_format or Apache's LogFormat.",
      valueName: "format"))
  var format = "auto"

  @Option(
    name: .customLong("nginx-conf"),
    help: ArgumentHelp("Read the formats, and which log has which, from nginx's configuration.", valueName: "file"))
  var nginxConfiguration: String?

  @Option(
    name: .customLong("apache-conf"),
    help: ArgumentHelp("Read the formats, and which log has which, from Apache's configuration.", valueName: "file"))
  var apacheConfiguration: String?

  @Option(
    name: .customLong("log-timezone"),
    help: ArgumentHelp("Time zone of times that have none, such as HAProxy's (default: UTC).", valueName: "zone"))
  var timeZone: String?

  @Option(
    name: .customLong("trusted-proxy"), parsing: .singleValue,
    help: ArgumentHelp(
      "Trust proxies in this network to name the client; repeatable (default: private networks).",
      valueName: "network"))
  var trustedProxies: [String] = []

  @Option(
    help: ArgumentHelp(
      "Who sends requests without a user agent, where the log has a place for it.", valueName: "robot|person"))
  var missingAgent = MissingAgent.robot

  /// The flags as one value.
  var reading: ReadingOptions {
    var options = ReadingOptions()
    options.format = format
    options.nginxConfiguration = nginxConfiguration
    options.apacheConfiguration = apacheConfiguration
    options.timeZone = timeZone
    options.trustedProxies = trustedProxies
    options.missingAgent = missingAgent
    return options
  }
}

import ArgumentParser
import Importing

/// Flags of all commands that read lines: what they look like, when their times are, and whose address is the client's.
struct LineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "auto, a name footfall formats lists, or the text of nginx's log_format or Apache's LogFormat.",
      valueName: "format"))
  var format = "auto"

  @Option(
    name: .customLong("nginx-conf"),
    help: ArgumentHelp("Read formats, and which log is in which, from nginx's configuration.", valueName: "file"))
  var nginxConfiguration: String?

  @Option(
    name: .customLong("apache-conf"),
    help: ArgumentHelp("The same from Apache's configuration.", valueName: "file"))
  var apacheConfiguration: String?

  @Option(
    name: .customLong("log-timezone"),
    help: ArgumentHelp("The zone of times that name none, as HAProxy's (default: UTC).", valueName: "zone"))
  var timeZone: String?

  @Option(
    name: .customLong("trusted-proxy"), parsing: .singleValue,
    help: ArgumentHelp(
      "Believe these proxies who the client is; may be given again (default: private networks).",
      valueName: "network"))
  var trustedProxies: [String] = []

  /// The flags as one value.
  var reading: ReadingOptions {
    var options = ReadingOptions()
    options.format = format
    options.nginxConfiguration = nginxConfiguration
    options.apacheConfiguration = apacheConfiguration
    options.timeZone = timeZone
    options.trustedProxies = trustedProxies
    return options
  }
}

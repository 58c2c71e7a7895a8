import ArgumentParser
import Importing
import Serving

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serves the collect API and a live dashboard over HTTP.",
    discussion: """
      Page views and events come by POST /api/v1/collect/pageview and /api/v1/collect/event with a token that has the \
      ability collect:write; docs/serve.md has the contract, /openapi.json tells it to programs. The dashboard is at /: \
      open to browsers on this machine, to others with a token that has the ability stats:read. Imports may run \
      meanwhile. No log of requests is written. SIGTERM or SIGINT ends it once what was taken is kept.

      Examples:
        footfall serve
        footfall serve --db /var/lib/footfall/stats.db --port 9000 --trusted-proxy 10.0.0.7
        footfall serve --require-token        where a proxy on this machine passes on requests of others
      """)

  @OptionGroup var stats: StatsOptions

  @Option(
    help: ArgumentHelp(
      "The address to listen at; others than this machine's own open it to others.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("The port to listen at; 0 for any free one, which is told.", valueName: "n"))
  var port = 8_080

  @Flag(help: "Ask for a token from browsers on this machine, too.")
  var requireToken = false

  @Option(
    name: .customLong("trusted-proxy"), parsing: .singleValue,
    help: ArgumentHelp(
      "Believe these proxies who the client is; may be given again (default: private networks).",
      valueName: "network"))
  var trustedProxies: [String] = []

  @Option(
    help: ArgumentHelp(
      "A City, Country or ASN file for places and networks; repeatable (default: those of the last import).",
      valueName: "file.mmdb"))
  var geo: [String] = []

  @OptionGroup var bots: BotOptions
  @OptionGroup var rules: RuleFlags
  @OptionGroup var sealing: SealOptions
  @OptionGroup var writer: WriterOptions

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0 to 65535") }
  }

  func run() throws {
    try ExitCodes.reporting {
      let options = ServeOptions(host: host, port: port, counting: try counting(), requiresToken: requireToken)
      let server = try Server(options) { Messages.problem($0) }
      try server.run { [host] port in
        let name = host.contains(":") ? "[\(host)]" : host
        Messages.say("footfall: serving at http://\(name):\(port)")
      }
    }
  }

  private func counting() throws -> ImportOptions {
    var reading = ReadingOptions()
    reading.trustedProxies = trustedProxies
    var options = ImportOptions(
      paths: [], database: stats.database, site: nil, timeZone: nil, reading: reading, geo: geo,
      botAddresses: bots.botAddresses, events: [], workers: 1, takesPartialTail: false, overlap: .refuse,
      rereads: false, maxRejectRate: 1, rejectsFile: nil, wait: writer.wait, sealDelay: sealing.delay.seconds,
      sealsAtOnce: false, version: Version.number, rules: rules.options)
    options.sites = try stats.config.sites().map(\.definition)
    return options
  }
}

import ArgumentParser
import Importing
import Serving

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the collect API and a live dashboard over HTTP.",
    discussion: """
      Clients POST page views and events to /api/v1/collect/pageview and /api/v1/collect/event with a token that has \
      the ability collect:write. docs/serve.md has the contract; /openapi.json has it for programs. The dashboard is \
      at /. It is open to browsers on this machine; others need a token with the ability stats:read. Imports may run \
      meanwhile. Requests are not logged. SIGTERM or SIGINT stops the server once all accepted requests are stored.

      Examples:
        footfall serve
        footfall serve --db /var/lib/footfall/stats.db --port 9000 --trusted-proxy 10.0.0.7
        footfall serve --require-token        # behind a proxy on this machine that forwards requests
      """)

  @OptionGroup var stats: StatsOptions

  @Option(
    help: ArgumentHelp(
      "Address to listen on; any but a loopback address opens the server to other machines.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("Port to listen on; 0 picks a free one and prints it.", valueName: "n"))
  var port = 8_080

  @Flag(help: "Require a token from browsers on this machine, too.")
  var requireToken = false

  @Option(
    name: .customLong("trusted-proxy"), parsing: .singleValue,
    help: ArgumentHelp(
      "Trust proxies in this network to name the client; repeatable (default: private networks).",
      valueName: "network"))
  var trustedProxies: [String] = []

  @Option(
    help: ArgumentHelp(
      "City, Country or ASN file for places and networks; repeatable (default: those of the last import).",
      valueName: "file.mmdb"))
  var geo: [String] = []

  @OptionGroup var bots: BotOptions
  @OptionGroup var pages: PageOptions
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
      robotAddresses: bots.options, events: [], workers: 1, takesPartialTail: false, overlap: .refuse,
      rereads: false, maxRejectRate: 1, rejectsFile: nil, wait: writer.wait, sealDelay: sealing.delay.seconds,
      sealsAtOnce: false, version: Version.number, rules: rules.options)
    let sites = try stats.config.sites()
    options.sites = sites.map(\.definition)
    options.naming = try pages.naming(sites)
    return options
  }
}

import ArgumentParser
import Hits
import Importing
import Reporting
import StatsStore

struct SitesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sites", abstract: "Lists the sites of the database, or adds one.",
    discussion: """
      Examples:
        footfall sites
        footfall sites add example.com --timezone Europe/Berlin --alias example.org --alias example.net
      """,
    subcommands: [List.self, Add.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the sites.")

    @OptionGroup var stats: StatsOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
      try ExitCodes.reporting {
        let sites = try StatsStore(path: stats.database, mode: .read).sites()
        if json {
          Messages.output(try JSONText.of(sites.map(SiteJSON.init)))
        } else {
          for site in sites {
            Messages.output(
              "\(site.host)  \(site.timeZone)  \(site.trackingID)  \(site.hosts.joined(separator: " "))\n")
          }
        }
      }
    }
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Adds a site, or host names to one; logs with a host column then find it.")

    @Argument(help: ArgumentHelp("The main host name.", valueName: "host"))
    var host: String

    @OptionGroup var stats: StatsOptions

    @Option(help: ArgumentHelp("The zone whose midnights part its days.", valueName: "zone"))
    var timezone: String?

    @Option(name: .customLong("alias"), help: ArgumentHelp("Another host name of the site.", valueName: "host"))
    var aliases: [String] = []

    @Option(
      help: ArgumentHelp(
        "Rules that tell robots by their behaviour: default (all), off, or names with commas.", valueName: "rules"))
    var behaviour: String?

    @OptionGroup var writer: WriterOptions

    func run() throws {
      try ExitCodes.reporting {
        let site = try SiteAdding(database: stats.database, wait: writer.wait).add(
          host: host, timeZone: timezone, aliases: aliases, behaviour: behaviour)
        Messages.output("\(site.host)  \(site.timeZone)  \(site.trackingID)\n")
      }
    }
  }
}

private struct SiteJSON: Encodable {
  var host: String
  var hosts: [String]
  var timezone: String
  var tracking_id: String
  var behaviour: String

  init(_ site: SiteProfile) {
    host = site.host
    hosts = site.hosts
    timezone = site.timeZone
    tracking_id = site.trackingID
    behaviour = site.behaviour.text
  }
}

import ArgumentParser
import Hits
import Importing
import Reporting
import StatsStore

struct SitesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sites", abstract: "Lists the sites of the database, adds or changes one.",
    discussion: """
      Examples:
        footfall sites
        footfall sites add example.com --timezone Europe/Berlin --alias example.org --alias example.net
      """,
    subcommands: [List.self, Add.self, Change.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the sites.")

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
            Messages.output(SitesCommand.line(site))
          }
        }
      }
    }
  }

  /// Something that is on or off.
  enum Switch: String, CaseIterable, ExpressibleByArgument {
    case on
    case off
  }

  /// What a site can be given.
  struct Description: ParsableArguments {
    @Option(help: ArgumentHelp("The zone whose midnights part its days.", valueName: "zone"))
    var timezone: String?

    @Option(
      name: .customLong("alias"),
      help: ArgumentHelp("Another host name of the site; *.example.com for all that end so.", valueName: "host"))
    var aliases: [String] = []

    @Option(
      name: .customLong("file"),
      help: ArgumentHelp(
        "Names of files whose lines are the site's where the log names no host, such as 'shop.*.log'.",
        valueName: "pattern"))
    var files: [String] = []

    @Option(
      name: .customLong("path"),
      help: ArgumentHelp(
        "Paths that are the site's, whatever the host: /shop/; or of one host: example.com/shop/.", valueName: "start"))
    var paths: [String] = []

    @Option(
      help: ArgumentHelp(
        "Rules that tell robots by their behaviour: default (all), off, or names with commas.", valueName: "rules"))
    var behaviour: String?

    @Option(help: "Whether it may use the collect API.")
    var api: Switch?

    @Option(
      help: ArgumentHelp(
        "How many page views of a month it may have before the collect API answers 402; none for any number.",
        valueName: "n|none"))
    var monthlyCap: String?

    func definition(ofSite host: String) -> SiteDefinition {
      SiteDefinition(
        host: host, timeZone: timezone, aliases: aliases, files: files, paths: paths, behaviour: behaviour,
        api: api.map { $0 == .on }, monthlyCap: monthlyCap)
    }
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Adds a site, or what tells its lines to one.")

    @Argument(help: ArgumentHelp("The main host name.", valueName: "host"))
    var host: String

    @OptionGroup var stats: StatsOptions

    @OptionGroup var site: Description

    @OptionGroup var writer: WriterOptions

    func run() throws {
      try ExitCodes.reporting {
        let added = try SiteAdding(database: stats.database, wait: writer.wait).add(site.definition(ofSite: host))
        Messages.output("\(added.host)  \(added.timeZone)  \(added.trackingID)\n")
      }
    }
  }

  struct Change: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "change", abstract: "Changes a site: what is given is added, --remove takes away.",
      discussion: """
        A zone can be changed as long as no day was counted. Lines that were counted stay where they were counted.

        Examples:
          footfall sites change shop.example --alias '*.shop.example' --path example.com/shop/
          footfall sites change shop.example --remove example.com/shop/
        """)

    @Argument(help: ArgumentHelp("The site, by any of its hosts or its tracking id.", valueName: "host"))
    var host: String

    @OptionGroup var stats: StatsOptions

    @OptionGroup var site: Description

    @Option(
      name: .customLong("remove"),
      help: ArgumentHelp("An alias, file pattern or path that is the site's no longer.", valueName: "name"))
    var removed: [String] = []

    @OptionGroup var writer: WriterOptions

    func run() throws {
      try ExitCodes.reporting {
        let changed = try SiteAdding(database: stats.database, wait: writer.wait).change(
          site.definition(ofSite: host), removing: removed)
        Messages.output(SitesCommand.line(changed))
      }
    }
  }

  /// A site as the list shows it.
  static func line(_ site: SiteProfile) -> String {
    let sources = site.hosts + site.files.map { "file:" + $0 } + site.paths.map { "path:" + $0 }
    return "\(site.host)  \(site.timeZone)  \(site.trackingID)  \(sources.joined(separator: " "))\n"
  }
}

private struct SiteJSON: Encodable {
  var host: String
  var hosts: [String]
  var files: [String]
  var paths: [String]
  var timezone: String
  var tracking_id: String
  var behaviour: String
  var api: Bool
  var monthly_cap: Int64?

  init(_ site: SiteProfile) {
    host = site.host
    hosts = site.hosts
    files = site.files
    paths = site.paths
    timezone = site.timeZone
    tracking_id = site.trackingID
    behaviour = site.behaviour.text
    api = site.plan.hasAPI
    monthly_cap = site.plan.monthlyCap
  }
}

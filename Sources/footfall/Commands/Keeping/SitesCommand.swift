import ArgumentParser
import Hits
import Importing
import Reporting
import StatsStore

struct SitesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sites", abstract: "List the sites of the database, add one or change one.",
    discussion: """
      Examples:
        footfall sites
        footfall sites add example.com --timezone Europe/Berlin --alias example.org --alias example.net
      """,
    subcommands: [List.self, Add.self, Change.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the sites.")

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

  /// A setting that is on or off.
  enum Switch: String, CaseIterable, ExpressibleByArgument {
    case on
    case off
  }

  /// The settings of a site.
  struct Description: ParsableArguments {
    @Option(help: ArgumentHelp("Time zone of the site, which decides when its days begin.", valueName: "zone"))
    var timezone: String?

    @Option(
      name: .customLong("alias"),
      help: ArgumentHelp(
        "Another host name of the site; *.example.com for all its subdomains; repeatable.", valueName: "host"))
    var aliases: [String] = []

    @Option(
      name: .customLong("file"),
      help: ArgumentHelp(
        "Pattern of file names such as 'shop.*.log', whose lines belong to the site if no host decides; repeatable.",
        valueName: "pattern"))
    var files: [String] = []

    @Option(
      name: .customLong("path"),
      help: ArgumentHelp(
        "Start of paths that belong to the site on any host (/shop/), or on one (example.com/shop/); repeatable.",
        valueName: "start"))
    var paths: [String] = []

    @Option(
      help: ArgumentHelp(
        "Rules that detect robots by their behaviour: default (all), off, or comma-separated names.",
        valueName: "rules"))
    var behaviour: String?

    @Option(help: "Whether the site may use the collect API.")
    var api: Switch?

    @Option(
      help: ArgumentHelp(
        "Page views per month after which the collect API answers 402; none for no limit.", valueName: "n|none"))
    var monthlyCap: String?

    @Option(
      name: .customLong("goal"),
      help: ArgumentHelp(
        "What visitors should reach: the name of an event, or a page as in page:/thanks; repeatable.", valueName: "goal"
      )
    )
    var goals: [String] = []

    @Option(
      name: .customLong("funnel"),
      help: ArgumentHelp(
        "A name and 2 to 8 goals that visitors should reach in this order within a visit, as in 'Sign-up: page:/pricing > page:/signup* > Signup'; repeatable.",
        valueName: "funnel"))
    var funnels: [String] = []

    func definition(ofSite host: String) -> SiteDefinition {
      SiteDefinition(
        host: host, timeZone: timezone, aliases: aliases, files: files, paths: paths, behaviour: behaviour,
        api: api.map { $0 == .on }, monthlyCap: monthlyCap, goals: goals, funnels: funnels)
    }
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add a site, or add hosts, files and paths to one.")

    @Argument(help: ArgumentHelp("Main host name of the site.", valueName: "host"))
    var host: String

    @OptionGroup var stats: StatsOptions

    @OptionGroup var site: Description

    @OptionGroup var writer: WriterOptions

    func run() throws {
      try ExitCodes.reporting {
        let adding = try SiteAdding(database: stats.database, wait: writer.wait)
        let definition = site.definition(ofSite: host)
        let added = try adding.add(definition)
        try SitesCommand.tellUnseen(definition, adding)
        Messages.output("\(added.host)  \(added.timeZone)  \(added.trackingID)\n")
      }
    }
  }

  struct Change: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "change", abstract: "Change a site: flags add to it, --remove removes from it.",
      discussion: """
        The time zone can only be changed before the first day is counted. Counted lines stay with their site.

        Examples:
          footfall sites change shop.example --alias '*.shop.example' --path example.com/shop/
          footfall sites change shop.example --remove example.com/shop/
          footfall sites change shop.example --goal Signup --goal page:/thanks
          footfall sites change shop.example --funnel 'Order: page:/product/* > page:/cart > Order'
        """)

    @Argument(help: ArgumentHelp("Any host name of the site, or its tracking id.", valueName: "host"))
    var host: String

    @OptionGroup var stats: StatsOptions

    @OptionGroup var site: Description

    @Option(
      name: .customLong("remove"),
      help: ArgumentHelp(
        "Alias, file pattern, path, goal or name of a funnel to remove from the site; repeatable.", valueName: "name"))
    var removed: [String] = []

    @OptionGroup var writer: WriterOptions

    func run() throws {
      try ExitCodes.reporting {
        let adding = try SiteAdding(database: stats.database, wait: writer.wait)
        let definition = site.definition(ofSite: host)
        let changed = try adding.change(definition, removing: removed)
        try SitesCommand.tellUnseen(definition, adding)
        Messages.output(SitesCommand.line(changed))
      }
    }
  }

  /// Names what no visit can have reached so far.
  private static func tellUnseen(_ site: SiteDefinition, _ adding: SiteAdding) throws {
    for goal in try adding.unseen(site) {
      Messages.say(
        "\(goal.text) is on no day so far; pages and events are spelled as in the lists of footfall report --json")
    }
  }

  /// Returns the line of a site in the list.
  static func line(_ site: SiteProfile) -> String {
    let sources =
      site.hosts + site.files.map { "file:" + $0 } + site.paths.map { "path:" + $0 }
      + site.goals.map { "goal:" + $0.text } + site.funnels.map { "funnel:" + $0.name }
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
  var goals: [String]
  var funnels: [String]

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
    goals = site.goals.map(\.text)
    funnels = site.funnels.map(\.text)
  }
}

import ArgumentParser
import Clustering
import Configuring

struct JobKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "job-key",
    abstract: "Prints a new key for one job of map, reduce and merge.",
    discussion: """
      The key holds a random secret, the key of the database's ledger, and the sites. It belongs to the driver's memory: \
      hand it to the mappers by environment or descriptor, and never write it down. docs/scale-out.md explains jobs.

      Example:
        export FOOTFALL_JOB_KEY="$(footfall job-key --db stats.db --site example.com)"
      """)

  @OptionGroup var stats: StatsOptions

  @Option(
    help: ArgumentHelp(
      "Count every line for this site, made if it is new (default: the log's host column tells).", valueName: "host"))
  var site: String?

  @Option(help: ArgumentHelp("The zone whose midnights part the days of a new site (default: UTC).", valueName: "zone"))
  var timezone: String?

  @OptionGroup var writer: WriterOptions

  func run() throws {
    try ExitCodes.reporting {
      let sites = try stats.config.sites()
      let key = try JobKey(
        newFor: stats.database, site: site, timeZone: timezone, definitions: sites.map(\.definition), wait: writer.wait)
      Messages.output(key.text + "\n")
    }
  }
}

import ArgumentParser
import Clustering
import Configuring

struct JobKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "job-key",
    abstract: "Print a new key for one job of map, reduce and merge.",
    discussion: """
      The key contains a random secret, the key of the database's ledger, and the sites. Keep it in the driver's \
      memory: pass it to the mappers in the environment or by file descriptor, and never write it to disk. See \
      docs/scale-out.md.

      Example:
        export FOOTFALL_JOB_KEY="$(footfall job-key --db stats.db --site example.com)"
      """)

  @OptionGroup var stats: StatsOptions

  @Option(
    help: ArgumentHelp(
      "Count the lines for this site, which is created if it is new (default: the hosts in the log decide).",
      valueName: "host"))
  var site: String?

  @Option(
    help: ArgumentHelp(
      "Time zone of a new site, which decides when its days begin (default: UTC).", valueName: "zone"))
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

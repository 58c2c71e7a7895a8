import ArgumentParser
import Importing

struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Count files of collect requests into the database.",
    discussion: """
      Each line of a file is a JSON object: the body of a page view or an event as the collect API accepts it, with \
      its "type". The tracking id identifies the site (footfall sites). Files may be plain or compressed; known \
      lines are not counted again. docs/api.md describes the bodies and their rules.

      Examples:
        footfall sites add example.com
        footfall collect requests.ndjson requests.ndjson.1.gz
        footfall convert access.log --site example.com | footfall collect -
        footfall collect requests.ndjson --rejects wrong.txt      # which lines break which rule
      """)

  @Argument(help: ArgumentHelp("Files, globs or folders; - for standard input.", valueName: "path"))
  var paths: [String]

  @OptionGroup var stats: StatsOptions

  @OptionGroup var choice: ChoiceOptions

  @OptionGroup var pages: PageOptions

  @OptionGroup var counting: CountingOptions

  func run() throws {
    try ExitCodes.reporting {
      var reading = ReadingOptions()
      reading.readsRequests = true
      let sites = try stats.config.sites()
      var options = try counting.options(
        paths: paths, database: stats.database, reading: reading, rules: choice.texts, sites: sites)
      options.naming = try pages.naming(sites)
      try counting.run(options)
    }
  }
}

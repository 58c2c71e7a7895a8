import ArgumentParser
import Importing

struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Counts collect requests from files into the database.",
    discussion: """
      A file holds a JSON object a line: the body of a page view or an event as the collect API takes it, with "type". \
      The tracking id tells the site (footfall sites). Files may be plain or compressed; known lines are not counted \
      again. docs/api.md describes bodies and what is asked of them.

      Examples:
        footfall sites add example.com
        footfall collect requests.ndjson requests.ndjson.1.gz
        footfall convert access.log --site example.com | footfall collect -
        footfall collect requests.ndjson --rejects wrong.txt      which lines break which rule
      """)

  @Argument(help: ArgumentHelp("Files, globs or folders; - is standard input.", valueName: "path"))
  var paths: [String]

  @OptionGroup var stats: StatsOptions

  @OptionGroup var choice: ChoiceOptions

  @OptionGroup var counting: CountingOptions

  func run() throws {
    try ExitCodes.reporting {
      var reading = ReadingOptions()
      reading.readsRequests = true
      try counting.run(
        counting.options(
          paths: paths, database: stats.database, reading: reading, rules: choice.texts,
          sites: try stats.config.sites()))
    }
  }
}

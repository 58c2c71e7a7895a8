import ArgumentParser
import Importing

struct PathsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paths",
    abstract: "Show under which names the pages in logs would be counted, and propose rules.",
    discussion: """
      Reads logs and writes nothing. Shows how many paths each rule, merge and redaction joins, the pages that are made \
      of most paths, and flags that would join more: segments with very many values where their siblings have few, \
      and query parameters that make pages. Proposals are ready to paste; look at them before you use them. Requests \
      for pages that exist count, those of robots, too.

      In the configuration file, the flags are keys, for all sites or in the table of one: see docs/pages.md.

      Examples:
        footfall paths access.log
        footfall paths access.log --path '/user/* -> /user/:name' --path-case fold
        footfall paths access.log --keep-query 'viewtopic.php: t, p'
        footfall paths /var/log/nginx/access.log* --json | jq -r '.proposals[] | "--\\(.flag) \\(.value)"'
      """)

  @Argument(
    help: ArgumentHelp(
      "Files, globs or folders; - for standard input (default: logs in the configuration file).", valueName: "path"))
  var files: [String] = []

  @OptionGroup var config: ConfigOptions

  @Option(
    help: ArgumentHelp(
      "Apply the settings of this site to all lines (default: those of the host of each line).", valueName: "host"))
  var site: String?

  @OptionGroup var lines: LineOptions

  @OptionGroup var pages: PageOptions

  @Option(help: ArgumentHelp("Maximum number of rows in a list.", valueName: "n"))
  var limit = 20

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be 1 to 100000") }
  }

  func run() throws {
    try ExitCodes.reporting {
      let naming = try pages.naming(try config.sites())
      let files = try config.logs(for: "paths", given: files)
      let survey = try PathSurveyRun(paths: files, reading: lines.reading, naming: naming, site: site)
        .run(onProblem: Messages.problem)
      let width = Messages.stdoutIsTerminal ? Messages.columns : nil
      Messages.output(
        json ? try PathsText.json(survey, limit: limit) : PathsText.text(survey, limit: limit, width: width))
      if !survey.isComplete { throw ExitCodes.incomplete }
    }
  }
}

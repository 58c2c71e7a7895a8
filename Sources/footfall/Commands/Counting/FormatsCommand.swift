import ArgumentParser
import Importing

struct FormatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats",
    abstract: "Lists the log formats, or tells which one files are in.",
    discussion: """
      Without a file it lists every format by its name, with a line of it. With files it tells which format their first \
      lines are in, how well it fits, what comes next, and why.

      Examples:
        footfall formats
        footfall formats /var/log/nginx/access.log
      """)

  @Argument(help: ArgumentHelp("Files to look at.", valueName: "file"))
  var paths: [String] = []

  @OptionGroup var config: ConfigOptions

  @OptionGroup var lines: LineOptions

  @Flag(help: "Print the list as JSON.")
  var json = false

  func run() throws {
    try ExitCodes.reporting {
      guard !paths.isEmpty else { return Messages.output(json ? try FormatList.json() : FormatList.text()) }
      var isFound = true
      for path in paths {
        let report = try DetectionText.report(ofFile: path, lines.reading)
        Messages.output(report.text)
        isFound = isFound && report.isFound
      }
      if !isFound { throw ExitCodes.incomplete }
    }
  }
}

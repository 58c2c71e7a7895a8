import ArgumentParser
import Importing

struct FormatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats",
    abstract: "List the log formats, or detect the format of files.",
    discussion: """
      Without a file, lists every format with its name and an example line. With files, shows which format their first \
      lines have, how well it fits, which format is next best, and why.

      Examples:
        footfall formats
        footfall formats /var/log/nginx/access.log
      """)

  @Argument(help: ArgumentHelp("Files whose format to detect.", valueName: "file"))
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

import ArgumentParser
import Foundation
import Reporting
import Sending

struct SendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "Send collect requests to a server with the collect API.",
    discussion: """
      The requests are bodies as footfall convert writes them, one per line. They contain addresses and user agents, \
      so send them by https. Answered requests are recorded in FILE.sent: run the same command again to continue \
      after an interruption. The token is read from a file or from the environment, never from the command line.

      Examples:
        footfall convert access.log --site example.com > requests.ndjson
        footfall send requests.ndjson --to https://stats.example --token-file collect.token
        FOOTFALL_TOKEN=$(cat collect.token) footfall send requests.ndjson --to http://127.0.0.1:8080
      """)

  /// The environment variable that holds the token.
  private static let variable = "FOOTFALL_TOKEN"

  @Argument(help: ArgumentHelp("File of requests, plain or compressed; - for standard input.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Address of the server, such as https://stats.example.", valueName: "url"))
  var to: String

  @Option(
    help: ArgumentHelp("File with the token (default: environment variable FOOTFALL_TOKEN).", valueName: "file"))
  var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "File that records which lines are done (default: FILE.sent; none for standard input).", valueName: "file"))
  var journal: String?

  @Option(help: ArgumentHelp("Number of requests in flight at a time.", valueName: "n"))
  var connections = 8

  @Option(help: ArgumentHelp("Number of tries per request while the server cannot accept it.", valueName: "n"))
  var tries = 10

  @OptionGroup var config: ConfigOptions

  @Flag(help: "Print the summary as JSON.")
  var json = false

  @Flag(help: "Print no summary.")
  var quiet = false

  func validate() throws {
    guard (1...256).contains(connections) else { throw ValidationError("--connections must be 1 to 256") }
    guard (1...100).contains(tries) else { throw ValidationError("--tries must be 1 to 100") }
  }

  func run() throws {
    try ExitCodes.reporting {
      let options = SendOptions(
        path: file, server: to, token: try token(), journal: journal ?? (file == "-" ? nil : file + ".sent"),
        connections: connections, tries: tries)
      let summary = try SendRun(options).run { [file] line, reason in
        Messages.problem("\(file):\(line): \(reason)")
      }
      if json {
        Messages.output(try JSONText.of(SummaryJSON(summary)))
      } else if !quiet {
        Messages.output(Self.text(summary))
      }
      if summary.refused > 0 { throw ExitCodes.incomplete }
    }
  }

  private func token() throws -> String {
    if let tokenFile { return try Self.token(inFile: tokenFile) }
    return try Self.token(ProcessInfo.processInfo.environment[Self.variable])
  }

  /// Returns the token that a file holds.
  static func token(inFile path: String) throws -> String {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw SendFailure.usage("\(path): no such file, or no permission to read it")
    }
    return try token(text)
  }

  private static func token(_ text: String?) throws -> String {
    guard let token = text?.trimmingCharacters(in: .whitespacesAndNewlines), !token.isEmpty else {
      throw SendFailure.usage("no token; name its file with --token-file, or set \(variable)")
    }
    guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw SendFailure.usage("this is no token: it contains blanks, control characters or non-ASCII characters")
    }
    return token
  }

  private static func text(_ summary: SendSummary) -> String {
    [
      (summary.counted, "counted"), (summary.skipped, "not counted"), (summary.refused, "refused"),
      (summary.done, "sent before"), (summary.blank, "blank"),
    ].filter { $0.0 > 0 }.map { "\(NumberText.grouped($0.0))  \($0.1)\n" }.joined()
  }
}

private struct SummaryJSON: Encodable {
  var counted: Int
  var skipped: Int
  var refused: Int
  var done_before: Int
  var blank: Int

  init(_ summary: SendSummary) {
    counted = summary.counted
    skipped = summary.skipped
    refused = summary.refused
    done_before = summary.done
    blank = summary.blank
  }
}

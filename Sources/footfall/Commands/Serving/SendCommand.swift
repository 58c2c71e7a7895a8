import ArgumentParser
import Foundation
import Reporting
import Sending

struct SendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "Sends collect requests to a server with the collect API.",
    discussion: """
      The requests are bodies as footfall convert writes them, one a line. They hold addresses and user agents: send them \
      by https. What was answered is noted in FILE.sent, so that the same command goes on where it ended, whatever ended \
      it. The token is read from a file or from the environment, never from the command line.

      Examples:
        footfall convert access.log --site example.com > requests.ndjson
        footfall send requests.ndjson --to https://stats.example --token-file collect.token
        FOOTFALL_TOKEN=$(cat collect.token) footfall send requests.ndjson --to http://127.0.0.1:8080
      """)

  /// The variable of the environment that holds the token.
  private static let variable = "FOOTFALL_TOKEN"

  @Argument(help: ArgumentHelp("A file of requests, plain or compressed; - is standard input.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("The address of the server.", valueName: "url"))
  var to: String

  @Option(
    help: ArgumentHelp("The file that holds the token (default: the environment's FOOTFALL_TOKEN).", valueName: "file"))
  var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "Where it is noted which lines are done (default: FILE.sent; nowhere for standard input).", valueName: "file"))
  var journal: String?

  @Option(help: ArgumentHelp("How many requests are on their way at a time.", valueName: "n"))
  var connections = 8

  @Option(help: ArgumentHelp("How often a request is tried that the server cannot take now.", valueName: "n"))
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
    var text = ProcessInfo.processInfo.environment[Self.variable]
    if let tokenFile {
      guard let read = try? String(contentsOfFile: tokenFile, encoding: .utf8) else {
        throw SendFailure.usage("\(tokenFile): no such file, or it may not be read")
      }
      text = read
    }
    guard let token = text?.trimmingCharacters(in: .whitespacesAndNewlines), !token.isEmpty else {
      throw SendFailure.usage("which token? name its file with --token-file, or set \(Self.variable)")
    }
    guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw SendFailure.usage("what should be a token holds blanks or other characters")
    }
    return token
  }

  private static func text(_ summary: SendSummary) -> String {
    [
      (summary.counted, "counted"), (summary.skipped, "skipped"), (summary.refused, "refused"),
      (summary.done, "done before"), (summary.blank, "blank"),
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

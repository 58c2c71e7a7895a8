import Foundation
import TestSupport
import UserAgents

// quality --redact: redacts texts from standard input.
// quality RULES [AGENTS] [--speed]: judges all user agents in the folder AGENTS, by default the one beside the
// checkout, by the rules in RULES. Prints docs/quality.md, or with --speed the cost of judging. Exits with 1 if a
// goal is missed.

func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

func readRules(_ folder: String) throws -> CompiledRules {
  CompiledRules(
    try UserAgentRules(browsers: bytes(folder + "/browsers.rules"), crawlers: bytes(folder + "/crawlers.rules")))
}

func complain(_ text: String) {
  FileHandle.standardError.write(Data(("quality: " + text + "\n").utf8))
}

if CommandLine.arguments.dropFirst().first == "--redact" {
  Redacting.run()
  exit(0)
}
let arguments = CommandLine.arguments.dropFirst().filter { $0 != "--speed" }
let agents = arguments.dropFirst().first ?? SharedData.path("user-agents")
guard !arguments.isEmpty, FileManager.default.fileExists(atPath: agents) else {
  complain("no folder of user agents; name one with make quality AGENTS=FOLDER")
  exit(64)
}
let sets = try AgentSet.all(in: agents)
if CommandLine.arguments.contains("--speed") {
  let speed = try Speed(sets) { try readRules(arguments[0]) }
  print(speed.text, terminator: "")
  exit(speed.isGood ? 0 : 1)
}
let revisions = String(decoding: try bytes(arguments[0] + "/REVISIONS"), as: UTF8.self).split(separator: "\n")
  .map { $0.split(separator: "\t").prefix(2).joined(separator: " ") }
var figures = Figures(sets, try readRules(arguments[0]))
print(figures.text(revisions: revisions), terminator: "")
figures.failures.forEach(complain)
exit(figures.failures.isEmpty ? 0 : 1)

import ArgumentParser
import Clustering

struct ReduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reduce",
    abstract: "The second step of a job on many machines: sorted lines of map to statistics.",
    discussion: """
      Reads lines of footfall map from standard input, sorted in the order of their bytes by at least site, day and \
      visitor, and writes a part: statistics of these visitors, to which those of others can be added. All lines of a \
      visitor's day must come to the same reducer. A stream that is broken, cut short or not sorted ends with 1. \
      docs/scale-out.md explains jobs.

      Example:
        LC_ALL=C sort mapped-* | footfall reduce > part-0
      """)

  func run() throws {
    Messages.reportBrokenPipes()
    try ExitCodes.reporting { try Reducing().run(to: .standard()) }
  }
}

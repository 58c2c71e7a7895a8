import ArgumentParser
import Clustering

struct ReduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reduce",
    abstract: "Step 2 of a job on many machines: turn the sorted output of map into statistics.",
    discussion: """
      Reads the output of footfall map from standard input, sorted bytewise by at least site, day and visitor. \
      Writes a part: the statistics of these visitors, to which those of other visitors can be added. All lines of a \
      visitor's day must go to the same reducer. If the input is damaged, truncated or unsorted, the exit code is 1. \
      See docs/scale-out.md.

      Example:
        LC_ALL=C sort mapped-* | footfall reduce > part-0
      """)

  func run() throws {
    Messages.reportBrokenPipes()
    try ExitCodes.reporting { try Reducing().run(to: .standard()) }
  }
}

import LogInput
import Sealing

/// The second step of a job: turns the sorted lines of some visitors' hits into statistics that can be added to
/// those of others.
public struct Reducing {
  private let input: LineInput

  /// Reads a file; `-` is standard input.
  public init(_ path: String = InputPath.standardInput) {
    input = LineInput(path: path)
  }

  /// Writes a part.
  ///
  /// - Throws: ``Refusal`` if the stream is malformed, truncated, not sorted or of another version; then the part
  ///   has no end, and the merge refuses it.
  public func run(to output: LineOutput) throws {
    let part = try PartOutput(output)
    var reducer = StreamReducer(part)
    try input.forEachLine { bytes, line, number in
      do {
        try reducer.add(bytes, line)
      } catch let problem as StreamReducer.Problem {
        throw input.refusal(line: number, problem.text)
      }
    }
    try reducer.end()
    try part.end()
  }
}

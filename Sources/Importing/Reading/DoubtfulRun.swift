import AccessLog

/// A run of lines that match the format, although its fields hold something else than it says.
struct DoubtfulRun: Sendable {
  /// The index of its first line in its chunk.
  var line: Int
  /// What is wrong.
  let reason: ColumnDoubt
  /// A text for `--format` that describes the lines; nil if there is none.
  let suggestion: String?

  /// - Parameters:
  ///   - run: the indices of its lines.
  ///   - lines: the lines of the chunk.
  init(
    _ run: Range<Int>, _ reason: ColumnDoubt, _ lines: [ScannedLine], _ bytes: Span<UInt8>, _ reading: LineReading
  ) {
    line = run.lowerBound
    self.reason = reason
    suggestion = reading.finding(ofLines: lines[run].map(\.range), bytes).suggestion
  }

  /// The advice to name a text; empty without one.
  static func advice(_ suggestion: String?) -> String {
    suggestion.map { "; this format may fit them: --format '\($0)'" } ?? ""
  }
}

import AccessLog

/// A run of lines that match the format although its fields hold something else than it says, or that match none.
struct DoubtfulRun: Sendable {
  /// The index of its first line in its chunk.
  var line: Int
  /// What is wrong with the fields; nil if no format matches the lines.
  let reason: ColumnDoubt?
  /// A text for `--format` that describes these lines and those around them; nil if there is none.
  let suggestion: String?

  /// - Parameters:
  ///   - run: the indices of its lines; there is at least one.
  ///   - chunk: the chunk that they are in.
  init(_ run: [Int], _ reason: ColumnDoubt?, _ chunk: borrowing FileChunk, _ bytes: Span<UInt8>, _ reading: LineReading)
  {
    line = run[0]
    self.reason = reason
    let lines = chunk.lines.map(\.range)
    let found = reading.finding(ofLines: run.map { lines[$0] }, bytes)
    suggestion = reading.text(found.suggestion, besides: chunk.format, lines, bytes)
  }

  /// The warning that these lines match the format but are others, or that they match none.
  ///
  /// - Parameter format: the name of the file's format.
  func warning(_ format: String) -> String {
    let what = reason.map(DetectionText.reason) ?? "lines have another shape and match no format"
    let advice =
      suggestion == nil && reason == .sharedClients
      ? "; " + DetectionText.howToAccept(format) : Self.advice(suggestion)
    return "from about line \(line) on, \(what)\(advice)"
  }

  /// The advice to name a text, or how to write one.
  static func advice(_ suggestion: String?) -> String {
    "; " + (suggestion.map { "this format may fit: --format '\($0)'" } ?? DetectionText.howToDescribe)
  }
}

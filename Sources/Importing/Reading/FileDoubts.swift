/// The first lines of a file that may be misread, and the first format that also describes lines that match none.
struct FileDoubts {
  /// The first run of lines that may be misread or that no format matches, with its number in the file; nil if there is
  /// none.
  private(set) var run: DoubtfulRun?
  /// A text for `--format` that also describes lines that no format matches; nil if there is none.
  private(set) var suggestion: String?

  private var nextLine = 1

  /// Adds the doubts about the next chunk of a file that is read from its beginning.
  ///
  /// - Parameters:
  ///   - overlong: the number of lines before the chunk's first one that were too long to read.
  ///   - lines: the number of the chunk's other lines.
  mutating func addNext(_ doubt: DoubtfulRun?, _ suggestion: String?, overlong: Int, lines: Int) {
    add(doubt, suggestion, firstLine: nextLine + overlong)
    nextLine += overlong + lines
  }

  /// Adds the doubts about a chunk; chunks are added in the order of the file.
  ///
  /// - Parameter first: the number of the chunk's first line in the file.
  mutating func add(_ doubt: DoubtfulRun?, _ suggestion: String?, firstLine first: Int) {
    self.suggestion = self.suggestion ?? suggestion
    guard run == nil, var found = doubt else { return }
    found.line += first
    run = found
  }
}

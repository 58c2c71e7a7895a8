/// Iterates over the lines of a window's chunks.
struct WindowCursor {
  /// Some consecutive lines of one chunk.
  struct Slice {
    var chunk: ChunkResult
    var lines: Range<Int>
    /// The number of the chunk's line 0 in the file.
    var firstLine: Int
    /// Whether each line of the window was subtracted as a known one; nil if none was.
    var takenFrom: [Bool]?
    /// The index of the chunk's line 0 in the window.
    var firstIndex: Int

    /// Returns whether a line of the chunk was subtracted as a known one.
    func isTaken(_ line: Int) -> Bool {
      takenFrom.map { $0[firstIndex + line] } ?? false
    }

    /// Returns whether the slice contains a line of the chunk, and the line was not subtracted.
    func holds(_ line: Int32) -> Bool {
      lines.contains(Int(line)) && !isTaken(Int(line))
    }

    /// Whether the slice contains all lines of the chunk, and none was subtracted.
    var isWhole: Bool { takenFrom == nil && lines.count == chunk.lines }
  }

  private let chunks: [ChunkResult]
  private let firstLines: [Int]
  private let isTaken: [Bool]
  private var chunk = 0
  private var line = 0
  private var firstIndex = 0

  /// Creates a cursor at the first line.
  ///
  /// - Parameter isTaken: whether each line was subtracted as a known one; empty if none was.
  init(chunks: [ChunkResult], firstLines: [Int], isTaken: [Bool]) {
    self.chunks = chunks
    self.firstLines = firstLines
    self.isTaken = isTaken
  }

  /// Returns the next lines, chunk by chunk.
  mutating func next(_ count: Int) -> [Slice] {
    var slices: [Slice] = []
    var rest = count
    while rest > 0, chunk < chunks.count {
      let take = min(rest, chunks[chunk].lines - line)
      if take > 0 {
        slices.append(
          Slice(
            chunk: chunks[chunk], lines: line..<line + take, firstLine: firstLines[chunk],
            takenFrom: isTaken.isEmpty ? nil : isTaken, firstIndex: firstIndex))
      }
      rest -= take
      line += take
      if line == chunks[chunk].lines {
        firstIndex += chunks[chunk].lines
        chunk += 1
        line = 0
      }
    }
    return slices
  }
}

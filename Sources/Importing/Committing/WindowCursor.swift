/// Walks the lines of a window's chunks.
struct WindowCursor {
  /// Some consecutive lines of one chunk.
  struct Slice {
    var chunk: ChunkResult
    var lines: Range<Int>
    /// The number in the file of the chunk's line 0.
    var firstLine: Int
    /// Which lines of the window stand for known ones; nil where none does.
    var takenFrom: [Bool]?
    /// The index in the window of the chunk's line 0.
    var firstIndex: Int

    /// Whether a line of the chunk stands for a known one.
    func isTaken(_ line: Int) -> Bool {
      takenFrom.map { $0[firstIndex + line] } ?? false
    }

    /// Whether a line of the chunk is one of these, and stands for no known one.
    func holds(_ line: Int32) -> Bool {
      lines.contains(Int(line)) && !isTaken(Int(line))
    }

    /// Whether all lines of the chunk are these, and none of them stands for a known one.
    var isWhole: Bool { takenFrom == nil && lines.count == chunk.lines }
  }

  private let chunks: [ChunkResult]
  private let firstLines: [Int]
  private let isTaken: [Bool]
  private var chunk = 0
  private var line = 0
  private var firstIndex = 0

  /// The lines from the first one on.
  ///
  /// - Parameter isTaken: for each line whether it stands for a known one; empty where none does.
  init(chunks: [ChunkResult], firstLines: [Int], isTaken: [Bool]) {
    self.chunks = chunks
    self.firstLines = firstLines
    self.isTaken = isTaken
  }

  /// The next lines, chunk by chunk.
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

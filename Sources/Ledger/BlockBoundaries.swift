/// Finds the ends of blocks from their content alone, so that the same lines are split in the same way wherever
/// they occur.
///
/// A line whose hash is a multiple of 1,024 is a candidate. It ends a block if there is no candidate among the 63
/// lines before it and it is at least the 64th line of the stream. A block without an end after 16,384 lines is
/// split there. By chance this happens about once in nine million blocks; in a log that repeats a single line it
/// happens soon.
struct BlockBoundaries: Sendable {
  static let spacing: UInt64 = 1_024
  static let quietLines = 64
  static let longestBlock = 16_384

  private var sinceCandidate = BlockBoundaries.quietLines
  private var linesOfStream = 0
  private var linesOfBlock = 0

  /// Starts at the beginning of a stream.
  init() {}

  /// Starts within a stream, given the lines before (the last 64 matter) and the length of the open block.
  init(after lines: some BidirectionalCollection<UInt64>, linesOfBlock: Int) {
    linesOfStream = Self.quietLines
    self.linesOfBlock = linesOfBlock
    for hash in lines.suffix(Self.quietLines) {
      sinceCandidate = hash % Self.spacing == 0 ? 1 : sinceCandidate + 1
    }
  }

  /// Takes the next line and returns whether a block ends with it.
  mutating func endsBlock(_ hash: UInt64) -> Bool {
    linesOfStream += 1
    linesOfBlock += 1
    var ends = linesOfBlock >= Self.longestBlock
    if hash % Self.spacing == 0 {
      if sinceCandidate >= Self.quietLines, linesOfStream >= Self.quietLines { ends = true }
      sinceCandidate = 1
    } else {
      sinceCandidate += 1
    }
    if ends { linesOfBlock = 0 }
    return ends
  }
}

/// Finds where blocks end, from the content alone, so that the same lines are cut alike wherever they stand.
///
/// A line whose hash is a multiple of 1,024 is a candidate. It ends a block if no candidate lies in the 63 lines before it
/// and at least 64 lines of the stream precede it or are it. A block that finds no end in 16,384 lines is cut there, which
/// chance brings about once in nine million blocks, and a log of one and the same line soon.
struct BlockBoundaries: Sendable {
  static let spacing: UInt64 = 1_024
  static let quietLines = 64
  static let longestBlock = 16_384

  private var sinceCandidate = BlockBoundaries.quietLines
  private var linesOfStream = 0
  private var linesOfBlock = 0

  /// Boundaries from the start of a stream.
  init() {}

  /// Boundaries from within a stream: the lines before, of which the last 64 decide, and the length of the open block.
  init(after lines: some BidirectionalCollection<UInt64>, linesOfBlock: Int) {
    linesOfStream = Self.quietLines
    self.linesOfBlock = linesOfBlock
    for hash in lines.suffix(Self.quietLines) {
      sinceCandidate = hash % Self.spacing == 0 ? 1 : sinceCandidate + 1
    }
  }

  /// Takes the next line; true where a block ends with it.
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

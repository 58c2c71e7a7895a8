/// A whole block that the ledger knows, with the sites and days of its lines.
public struct KnownBlock: Equatable, Sendable {
  /// The stream it belongs to.
  public var stream: Int64
  /// Its position in the stream, from 0.
  public var sequence: Int
  /// The sites and days of its lines.
  public var books: BlockLineCounts

  /// Creates a known block.
  public init(stream: Int64, sequence: Int, books: BlockLineCounts) {
    self.stream = stream
    self.sequence = sequence
    self.books = books
  }
}

/// Consecutive lines that are a known block, or the part of one that lies in one chunk.
public struct KnownLines: Equatable, Sendable {
  /// The indices of the lines in the chunk.
  public var lines: Range<Int>
  /// The place of the first line in the ledger.
  public var from: LinePlace
  /// The place after the last line; at the end of a block, the start of the next one.
  public var to: LinePlace
  /// The sites and days of the lines.
  public var books: BlockLineCounts
}

/// Splits the lines of one input into blocks while it is read, and detects the blocks that the ledger knows. Their
/// lines need not be parsed.
///
/// The input comes in chunks. A block may begin in one chunk and end in the next. A block that spans more chunks is
/// skipped, and its lines are compared like any others.
public struct BlockFinder {
  private var boundaries = BlockBoundaries()
  /// The lines of the open block in the previous chunk.
  private var open: [UInt64] = []
  /// Whether the open block began before the previous chunk.
  private var isTooLong = false
  private var linesBefore = 0

  /// Starts at the beginning of an input.
  public init() {}

  /// Takes the next chunk.
  ///
  /// - Parameter look: returns the block with an id, if it is known.
  /// - Returns: the last lines of the previous chunk, if they begin a known block that ends here; the known lines
  ///   of this chunk, in order; and the ids of all blocks that end here.
  public mutating func add(
    _ hashes: [UInt64], look: (BlockID) -> KnownBlock?
  ) -> (before: KnownLines?, here: [KnownLines], ids: BlockIDs) {
    var before: KnownLines?
    var here: [KnownLines] = []
    var ids = BlockIDs()
    var start = 0
    for index in hashes.indices where boundaries.endsBlock(hashes[index]) {
      let own = start..<index + 1
      if !isTooLong, let block = known(open + hashes[own], look, &ids, end: own.upperBound) {
        let (first, rest) = block.books.split(at: open.count)
        let from = LinePlace(stream: block.stream, sequence: block.sequence, index: 0)
        let middle = LinePlace(stream: block.stream, sequence: block.sequence, index: open.count)
        let to = LinePlace(stream: block.stream, sequence: block.sequence + 1, index: 0)
        if !open.isEmpty {
          before = KnownLines(lines: linesBefore - open.count..<linesBefore, from: from, to: middle, books: first)
        }
        here.append(KnownLines(lines: own, from: middle, to: to, books: rest))
      }
      isTooLong = false
      open.removeAll(keepingCapacity: true)
      start = index + 1
    }
    if start == 0, isTooLong || !open.isEmpty {
      isTooLong = true
      open.removeAll(keepingCapacity: true)
    } else {
      open = Array(hashes[start...])
    }
    linesBefore = hashes.count
    return (before, here, ids)
  }

  private func known(
    _ lines: [UInt64], _ look: (BlockID) -> KnownBlock?, _ ids: inout BlockIDs, end: Int
  ) -> KnownBlock? {
    let id = BlockID(of: lines)
    ids.note(id, lines: lines.count, end: end)
    guard let block = look(id), block.books.lines == lines.count, Ledger.isStrong(lines) else {
      return nil
    }
    return block
  }
}

/// A whole block that the ledger knows, with what the books say of its lines.
public struct KnownBlock: Equatable, Sendable {
  /// The stream it belongs to.
  public var stream: Int64
  /// Its place in the stream, from 0.
  public var sequence: Int
  /// The sites and days of its lines.
  public var books: BlockLineCounts

  /// Bundles the values.
  public init(stream: Int64, sequence: Int, books: BlockLineCounts) {
    self.stream = stream
    self.sequence = sequence
    self.books = books
  }
}

/// Lines in a row that are a known block, or the part of one that lies in one piece of an input.
public struct KnownLines: Equatable, Sendable {
  /// The indices of the lines in the piece.
  public var lines: Range<Int>
  /// The place in the ledger of the first one.
  public var from: LinePlace
  /// The place after the last one; at the end of a block the start of the next one.
  public var to: LinePlace
  /// The sites and days of the lines.
  public var books: BlockLineCounts
}

/// Cuts the lines of one input into blocks while it is read, and tells which blocks the ledger knows, so that nobody has to
/// look at their lines.
///
/// The input comes in pieces. A block may begin in one and end in the next one; one that goes on beyond that is passed over,
/// and its lines are compared as others are.
public struct BlockFinder {
  private var boundaries = BlockBoundaries()
  /// The lines of the open block in the piece before.
  private var open: [UInt64] = []
  /// Whether the open block began before the piece before.
  private var isTooLong = false
  private var linesBefore = 0

  /// Stands at the start of an input.
  public init() {}

  /// Takes the next piece.
  ///
  /// - Parameter look: gives the block of an id, if it is known.
  /// - Returns: what is known of the piece, in order; the last lines of the piece before, if a known block ends here that
  ///   began there; and the ids of all blocks that end here.
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

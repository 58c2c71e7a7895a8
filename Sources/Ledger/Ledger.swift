/// Tells which lines of a log are known already, wherever they were read before.
///
/// Identity is content alone: no path, inode, time of change or last timestamp, all of which fail on rotation, compression
/// or copies. docs/exactly-once.md explains the algorithm.
public struct Ledger {
  /// A run of lines that are all known or all new.
  public struct Region: Equatable, Sendable {
    /// The indices of the lines in the window.
    public var lines: Range<Int>
    /// Whether they are known.
    public var isKnown: Bool
    /// The stream whose end new lines directly follow; nil where they start a stream.
    public var continues: Int64?
  }

  /// Where the reading of one input stands between its windows.
  public struct Cursor: Equatable, Sendable {
    /// The last lines before the window, on which block boundaries hang.
    var before: [UInt64] = []
    /// Where the line after the window's last one is expected, if that one was known.
    var expected: LinePlace?
    /// The stream that the input's last new lines were appended to, if nothing known came after them.
    public var appending: Int64?

    /// The start of an input.
    public init() {}
  }

  /// What was found in a window.
  public struct Finding: Equatable, Sendable {
    /// All lines of the window in order.
    public var regions: [Region]
    /// How many sampled lines of the new regions are known in another order.
    public var knownSamples: Int
    /// How many sampled lines the new regions have.
    public var samples: Int

    /// Whether the input is a re-arranged copy of what is known: lines in it are known, but not in this order.
    public var isRearranged: Bool { knownSamples >= 2 && knownSamples * 50 > samples }
  }

  /// Whether a line is one of those that are looked up by themselves: one in 64.
  public static func isSampled(_ hash: UInt64) -> Bool { hash % 64 == 0 }

  /// The shortest run of known lines within new ones that counts as known.
  static let shortestRun = 16
  /// How many places of one line are tried; more of them are a line that tells nothing.
  static let mostPlaces = 64

  private let storage: any LedgerStorage

  /// A ledger over some storage.
  public init(_ storage: any LedgerStorage) {
    self.storage = storage
  }

  /// Finds the known and the new lines of a window and moves the cursor behind it.
  ///
  /// - Parameters:
  ///   - hashes: the lines' hashes.
  ///   - days: the days the window's lines fall on, give or take; nil where no line has one.
  /// - Throws: what the storage throws.
  public func find(
    _ hashes: [UInt64], days: ClosedRange<Int32>?, from cursor: inout Cursor
  ) throws -> Finding {
    var matching = Matching(hashes: hashes, days: days ?? Int32.min...Int32.max, storage: storage)
    try matching.followCursor(cursor)
    try matching.anchor(after: cursor.before)
    try matching.resolveRest()
    let regions = matching.regions(from: cursor)
    let samples = try matching.samples()
    cursor.before = Array(
      (cursor.before + hashes.suffix(BlockBoundaries.quietLines)).suffix(BlockBoundaries.quietLines))
    cursor.expected = regions.last?.isKnown == true ? matching.placeAfter(hashes.count) : nil
    if regions.last?.isKnown == true { cursor.appending = nil }
    return Finding(regions: regions, knownSamples: samples.known, samples: samples.all)
  }

  /// The blocks that append new lines to a stream; the first one may replace the stream's open last block.
  ///
  /// - Parameters:
  ///   - hashes: the lines' hashes.
  ///   - days: the day of each line; ``noDay`` where it has none.
  ///   - stream: the stream, which may be new.
  /// - Throws: what the storage throws.
  public func blocks(appending hashes: ArraySlice<UInt64>, days: ArraySlice<Int32>, to stream: Int64) throws -> [Block]
  {
    var open = Block(stream: stream, sequence: 0, isComplete: false, hashes: [], days: nil)
    var boundaries = BlockBoundaries()
    if let last = try storage.lastBlock(ofStream: stream) {
      open.sequence = last.isComplete ? last.sequence + 1 : last.sequence
      if !last.isComplete {
        open.hashes = last.hashes
        open.days = last.days
      }
      boundaries = try self.boundaries(after: last, open.hashes.count)
    }
    var blocks: [Block] = []
    for (hash, day) in zip(hashes, days) {
      open.hashes.append(hash)
      if day != Self.noDay {
        open.days = min(open.days?.lowerBound ?? day, day)...max(open.days?.upperBound ?? day, day)
      }
      if boundaries.endsBlock(hash) {
        open.isComplete = true
        blocks.append(open)
        open = Block(stream: stream, sequence: open.sequence + 1, isComplete: false, hashes: [], days: nil)
      }
    }
    if !open.hashes.isEmpty { blocks.append(open) }
    return blocks
  }

  /// The day of a line without one.
  public static let noDay = Int32.min

  private func boundaries(after last: Block, _ openLines: Int) throws -> BlockBoundaries {
    if last.sequence == 0, !last.isComplete {
      var boundaries = BlockBoundaries()
      for hash in last.hashes { _ = boundaries.endsBlock(hash) }
      return boundaries
    }
    var before = last.hashes
    if before.count < BlockBoundaries.quietLines, last.sequence > 0 {
      before = (try storage.hashes(ofStream: last.stream, sequence: last.sequence - 1) ?? []) + before
    }
    return BlockBoundaries(after: before, linesOfBlock: openLines)
  }
}

/// Determines which lines of a log are already known, wherever they were read before.
///
/// Lines are identified by their content alone. Paths, inodes, modification times and last timestamps all fail on
/// log rotation, compression or copies. docs/exactly-once.md explains the algorithm.
public struct Ledger {
  /// Consecutive lines of an input that are compared at once.
  public struct Window: Sendable {
    /// The lines' hashes.
    public var hashes: [UInt64]
    /// Their times in Unix seconds; ``Ledger/noTime`` for a line without one.
    public var times: [UInt32]
    /// The lines that a ``BlockFinder`` recognised, in order. They need no time.
    public var known: [KnownLines]
    /// The ids of blocks that a ``BlockFinder`` computed.
    public var ids: BlockIDs

    /// Creates a window.
    public init(
      hashes: [UInt64] = [], times: [UInt32] = [], known: [KnownLines] = [], ids: BlockIDs = BlockIDs()
    ) {
      self.hashes = hashes
      self.times = times
      self.known = known
      self.ids = ids
    }
  }

  /// A run of lines that are all known or all new.
  public struct Region: Equatable, Sendable {
    /// The indices of the lines in the window.
    public var lines: Range<Int>
    /// Whether they are known.
    public var isKnown: Bool
    /// The stream whose end new lines directly follow; nil if they start a stream.
    public var continues: Int64?
    /// The place of the first known line, if the lines are one contiguous part of a stream.
    var from: LinePlace?
    /// The place where the line after known lines is expected.
    var to: LinePlace?
  }

  /// What was found in a window.
  public struct Finding: Equatable, Sendable {
    /// All lines of the window in order.
    public var regions: [Region]
    /// The number of distinct samples in the new regions that are known in another order.
    public var knownSamples: Int
    /// The number of distinct samples in the new regions.
    public var samples: Int
    /// The runs of known lines and their places.
    var runs: [KnownRun]

    /// Creates the finding of a window without lookups: all its lines are new unless they are subtracted one by
    /// one.
    public init(allNew window: Window) {
      let lines = window.hashes.indices
      regions = lines.isEmpty ? [] : [Region(lines: lines, isKnown: false)]
      knownSamples = 0
      samples = 0
      runs = []
    }

    init(regions: [Region], knownSamples: Int, samples: Int, runs: [KnownRun]) {
      self.regions = regions
      self.knownSamples = knownSamples
      self.samples = samples
      self.runs = runs
    }

    /// Whether the input is a rearranged copy of known lines: some of its lines are known, but not in this order.
    public var isRearranged: Bool { knownSamples >= 2 && knownSamples * 50 > samples }
  }

  /// The day of a line without one.
  public static let noDay = Int32.min
  /// The time of a line without one.
  public static let noTime: UInt32 = 0

  /// Returns whether a line is a sample, which is looked up individually: one line in 64.
  public static func isSampled(_ hash: UInt64) -> Bool { hash % 64 == 0 }

  /// The number of distinct lines in a row that suffices to identify a part of a log with certainty.
  static let strongRun = 16

  /// Returns whether enough of the lines differ to identify a part of a log with certainty.
  static func isStrong(_ lines: some Sequence<UInt64>) -> Bool {
    var different: Set<UInt64> = []
    return lines.contains { different.insert($0).inserted && different.count >= strongRun }
  }

  /// The number of places tried for one line. A line with more places is inconclusive.
  static let mostPlaces = 64

  private let storage: any LedgerStorage

  /// Creates a ledger with a storage.
  public init(_ storage: any LedgerStorage) {
    self.storage = storage
  }

  /// Finds the known and the new lines of a window.
  ///
  /// - Throws: the errors of the storage.
  public func find(_ window: Window, from cursor: LedgerCursor) throws -> Finding {
    var matching = Matching(window, from: cursor, storage: storage)
    try matching.followCursor()
    try matching.anchor()
    try matching.resolveRest()
    let samples = try matching.samples()
    return Finding(
      regions: try matching.regions(), knownSamples: samples.known, samples: samples.all, runs: matching.runs)
  }

  /// Matches lines of new regions that are known in another order, each with one line of the ledger.
  ///
  /// - Returns: for each line of the window, whether it is matched; empty if none is.
  /// - Throws: the errors of the storage.
  public func subtract(
    _ finding: Finding, from window: Window, using subtraction: inout LineSubtraction
  ) throws -> [Bool] {
    try subtraction.take(finding, window, storage)
  }

  /// Returns the blocks that append new lines to a stream; the first one may replace the stream's open last block.
  ///
  /// - Parameters:
  ///   - lines: the lines.
  ///   - days: the day of each line; ``noDay`` if it has none.
  ///   - sites: the id of the site of each line; 0 if it has none.
  ///   - stream: the stream, which may be new.
  /// - Throws: the errors of the storage.
  public func blocks(appending lines: Window, days: [Int32], sites: [UInt32], to stream: Int64) throws -> [Block] {
    var open = Block(stream: stream, sequence: 0, books: BlockLineCounts())
    var boundaries = BlockBoundaries()
    if let last = try storage.lastBlock(ofStream: stream) {
      open = last.isComplete ? Block(stream: stream, sequence: last.sequence + 1, books: BlockLineCounts()) : last
      boundaries = try self.boundaries(after: last, open.hashes.count)
    }
    var blocks: [Block] = []
    for index in lines.hashes.indices {
      let hash = lines.hashes[index]
      open.append(hash, day: days[index], time: lines.times[index])
      if days[index] == Self.noDay { open.books = nil }
      open.books?.add(site: sites[index], day: days[index])
      if boundaries.endsBlock(hash) {
        open.isComplete = true
        open.id = lines.ids.id(of: index + 1 - open.hashes.count..<index + 1)
        blocks.append(open)
        open = Block(stream: stream, sequence: open.sequence + 1, books: BlockLineCounts())
      }
    }
    if !open.hashes.isEmpty { blocks.append(open) }
    return blocks
  }

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

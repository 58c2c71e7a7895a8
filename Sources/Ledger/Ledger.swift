/// Tells which lines of a log are known already, wherever they were read before.
///
/// Identity is content alone: no path, inode, time of change or last timestamp, all of which fail on rotation, compression
/// or copies. docs/exactly-once.md explains the algorithm.
public struct Ledger {
  /// Some consecutive lines of an input that are compared at once.
  public struct Window: Sendable {
    /// The lines' hashes.
    public var hashes: [UInt64]
    /// Their instants in Unix seconds; ``Ledger/noTime`` where a line has none.
    public var times: [UInt32]
    /// The lines that a ``BlockFinder`` found known, in order. They need no time.
    public var known: [KnownLines]
    /// The ids of blocks that a ``BlockFinder`` has worked out.
    public var ids: BlockIDs

    /// A window.
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
    /// The stream whose end new lines directly follow; nil where they start a stream.
    public var continues: Int64?
    /// Where known lines begin in a stream, if they are one stretch of it.
    var from: LinePlace?
    /// Where the line after known ones is expected.
    var to: LinePlace?
  }

  /// What was found in a window.
  public struct Finding: Equatable, Sendable {
    /// All lines of the window in order.
    public var regions: [Region]
    /// How many different sampled lines of the new regions are known in another order.
    public var knownSamples: Int
    /// How many different sampled lines the new regions have.
    public var samples: Int
    /// Where the known lines are known.
    var runs: [KnownRun]

    /// A window of which nothing is looked up: all of its lines are new unless they are subtracted one by one.
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

    /// Whether the input is a re-arranged copy of what is known: lines in it are known, but not in this order.
    public var isRearranged: Bool { knownSamples >= 2 && knownSamples * 50 > samples }
  }

  /// The day of a line without one.
  public static let noDay = Int32.min
  /// The time of a line without one.
  public static let noTime: UInt32 = 0

  /// Whether a line is one of those that are looked up by themselves: one in 64.
  public static func isSampled(_ hash: UInt64) -> Bool { hash % 64 == 0 }

  /// So many different lines in a row are known for sure if they are known in this order.
  static let strongRun = 16

  /// Whether so many of the lines differ that they tell a stretch of a log for sure.
  static func isStrong(_ lines: some Sequence<UInt64>) -> Bool {
    var different: Set<UInt64> = []
    return lines.contains { different.insert($0).inserted && different.count >= strongRun }
  }

  /// How many places of one line are tried; more of them are a line that tells nothing.
  static let mostPlaces = 64

  private let storage: any LedgerStorage

  /// A ledger over some storage.
  public init(_ storage: any LedgerStorage) {
    self.storage = storage
  }

  /// Finds the known and the new lines of a window.
  ///
  /// - Throws: what the storage throws.
  public func find(_ window: Window, from cursor: LedgerCursor) throws -> Finding {
    var matching = Matching(window, from: cursor, storage: storage)
    try matching.followCursor()
    try matching.anchor()
    try matching.resolveRest()
    let samples = try matching.samples()
    return Finding(
      regions: try matching.regions(), knownSamples: samples.known, samples: samples.all, runs: matching.runs)
  }

  /// Takes the lines of new regions that are known in another order, one line of the ledger for one line of the window.
  ///
  /// - Returns: for each line of the window whether it is taken; empty where none is.
  /// - Throws: what the storage throws.
  public func subtract(
    _ finding: Finding, from window: Window, using subtraction: inout LineSubtraction
  ) throws -> [Bool] {
    try subtraction.take(finding, window, storage)
  }

  /// The blocks that append new lines to a stream; the first one may replace the stream's open last block.
  ///
  /// - Parameters:
  ///   - lines: the lines.
  ///   - days: the day of each line; ``noDay`` where it has none.
  ///   - sites: the id of the site of each line; 0 where it has none.
  ///   - stream: the stream, which may be new.
  /// - Throws: what the storage throws.
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

/// The storage that holds the ledger's rows.
public protocol LedgerStorage {
  /// Returns the place of the first line of a complete block; nil if no such block is known. Called once for each
  /// block of a window.
  func place(of id: BlockID) throws -> (stream: Int64, sequence: Int)?

  /// Returns the line hashes of a block; nil if there is no such block or its hashes were destroyed with its days.
  /// Called for blocks that are compared line by line, often several times in a row for the same one.
  func hashes(ofStream stream: Int64, sequence: Int) throws -> [UInt64]?

  /// Returns the number of blocks of a stream, including those whose hashes were destroyed.
  func blockCount(ofStream stream: Int64) throws -> Int

  /// Returns which of these samples (``Ledger/isSampled(_:)``) are known. Called once for each window, with all
  /// samples that seem new.
  func knownSamples(among hashes: Set<UInt64>) throws -> Set<UInt64>

  /// Returns the places of a line in blocks that still have their hashes, oldest first and at most `limit`. A line
  /// with a time can only be in blocks whose times include it. Called for a few lines of each region that seems
  /// new.
  func places(of hash: UInt64, at time: UInt32?, limit: Int) throws -> [LinePlace]

  /// Returns the hashes of the first lines of the streams whose first block overlaps these times. Called once for
  /// each window with new lines.
  func firstLines(within times: ClosedRange<UInt32>) throws -> [UInt64]

  /// Returns the last block of a stream; nil if its hashes were destroyed, in which case the stream cannot be
  /// continued.
  func lastBlock(ofStream stream: Int64) throws -> Block?

  /// Calls `body` for all blocks that still have their hashes and overlap these times, or for all with hashes if
  /// `times` is nil. The order is always the same.
  func forEachBlock(
    within times: ClosedRange<UInt32>?, _ body: (_ stream: Int64, _ sequence: Int, _ hashes: [UInt64]) throws -> Void
  ) throws
}

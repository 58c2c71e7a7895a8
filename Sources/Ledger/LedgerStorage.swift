/// What the ledger asks of whoever keeps its rows.
public protocol LedgerStorage {
  /// The place of the first line of a complete block; nil where no such block is known. Asked once for each block of a
  /// window.
  func place(of id: BlockID) throws -> (stream: Int64, sequence: Int)?

  /// The line hashes of a block; nil where there is no such block or its hashes are gone with its days. Asked for blocks
  /// that are compared line by line, often for the same one in a row.
  func hashes(ofStream stream: Int64, sequence: Int) throws -> [UInt64]?

  /// How many blocks a stream has, with those whose hashes are gone.
  func blockCount(ofStream stream: Int64) throws -> Int

  /// Which of some sampled lines (``Ledger/isSampled(_:)``) are known. Asked once for each window, of all that seem new.
  func knownSamples(among hashes: Set<UInt64>) throws -> Set<UInt64>

  /// Places of a line in blocks that still have their hashes, oldest first, not more than `limit`. A line with a time is
  /// in none but the blocks whose times span it. Asked for a handful of lines of each region that seems new.
  func places(of hash: UInt64, at time: UInt32?, limit: Int) throws -> [LinePlace]

  /// The hashes of the first lines of the streams whose first block touches these instants. Asked once for each window
  /// with new lines.
  func firstLines(within times: ClosedRange<UInt32>) throws -> [UInt64]

  /// The last block of a stream; nil where its hashes are gone, so that the stream cannot be continued.
  func lastBlock(ofStream stream: Int64) throws -> Block?

  /// Goes through all blocks that still have their hashes and touch these instants, or all of them, in one order.
  func forEachBlock(
    within times: ClosedRange<UInt32>?, _ body: (_ stream: Int64, _ sequence: Int, _ hashes: [UInt64]) throws -> Void
  ) throws
}

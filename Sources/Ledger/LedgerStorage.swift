/// What the ledger asks of whoever keeps its rows.
public protocol LedgerStorage {
  /// The place of the first line of a complete block; nil where no such block is known. Asked once for each block of a
  /// window.
  func place(of id: BlockID) throws -> (stream: Int64, sequence: Int)?

  /// The line hashes of a block; nil where there is no such block or its hashes are gone with its days. Asked for blocks
  /// beside known ones only.
  func hashes(ofStream stream: Int64, sequence: Int) throws -> [UInt64]?

  /// Whether a sampled line (``Ledger/isSampled(_:)``) is known. Asked for the sampled lines of what seems new.
  func knowsSample(_ hash: UInt64) throws -> Bool

  /// Places of a line in blocks that still have their hashes and touch these days, oldest first, not more than `limit`.
  /// Asked for the first and last line of what seems new, and for known samples in it.
  func places(of hash: UInt64, days: ClosedRange<Int32>, limit: Int) throws -> [LinePlace]

  /// The last block of a stream; nil where its hashes are gone, so that the stream cannot be continued.
  func lastBlock(ofStream stream: Int64) throws -> Block?
}

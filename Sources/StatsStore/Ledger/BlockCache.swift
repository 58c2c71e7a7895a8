/// A cache of the line hashes of the blocks compared last. Valid within one transaction.
final class BlockCache {
  private struct Key: Hashable {
    var stream: Int64
    var sequence: Int
  }

  private static let limit = 64
  private var blocks: [Key: [UInt64]?] = [:]

  /// Returns the hashes of a block, fetched if they are not cached; nil if it has none.
  func hashes(ofStream stream: Int64, sequence: Int, _ fetch: () throws -> [UInt64]?) rethrows -> [UInt64]? {
    let key = Key(stream: stream, sequence: sequence)
    if let block = blocks[key] { return block }
    if blocks.count >= Self.limit { blocks.removeAll(keepingCapacity: true) }
    let block = try fetch()
    blocks[key] = .some(block)
    return block
  }
}

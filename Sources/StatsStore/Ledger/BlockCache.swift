/// The line hashes of the blocks last compared, so that comparing on does not fetch them again. Valid within one
/// transaction.
final class BlockCache {
  private struct Key: Hashable {
    var stream: Int64
    var sequence: Int
  }

  private static let limit = 64
  private var blocks: [Key: [UInt64]?] = [:]

  /// The hashes of a block, fetched where they are not remembered; nil where it has none.
  func hashes(ofStream stream: Int64, sequence: Int, _ fetch: () throws -> [UInt64]?) rethrows -> [UInt64]? {
    let key = Key(stream: stream, sequence: sequence)
    if let block = blocks[key] { return block }
    if blocks.count >= Self.limit { blocks.removeAll(keepingCapacity: true) }
    let block = try fetch()
    blocks[key] = .some(block)
    return block
  }
}

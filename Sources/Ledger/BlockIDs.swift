/// The ids of whole blocks among the lines of a chunk or window. Each id is computed once, when the lines are read.
public struct BlockIDs: Sendable {
  /// The number of lines and the id of each block, by the index after its last line. The first lines of a block may
  /// lie before the chunk.
  private var found: [Int: (lines: Int, id: BlockID)] = [:]

  /// Creates an empty collection.
  public init() {}

  mutating func note(_ id: BlockID, lines: Int, end: Int) {
    found[end] = (lines, id)
  }

  /// Returns the id of exactly these lines, all of which lie in the chunk; nil if it is not known.
  func id(of lines: Range<Int>) -> BlockID? {
    guard lines.lowerBound >= 0, let block = found[lines.upperBound], block.lines == lines.count else { return nil }
    return block.id
  }

  /// Adds the ids of blocks that end within `lines` of another chunk, which begin at `index` here.
  public mutating func add(_ other: BlockIDs, endingIn lines: Range<Int>, from index: Int) {
    for (end, block) in other.found where lines.contains(end - 1) {
      found[index + end - lines.lowerBound] = block
    }
  }
}

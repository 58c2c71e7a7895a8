/// The ids of whole blocks among the lines of a piece of an input, so that each is worked out once, when the lines are read.
public struct BlockIDs: Sendable {
  /// By the index after a block's last line: how many lines it has, of which the first may lie before the piece, and its id.
  private var found: [Int: (lines: Int, id: BlockID)] = [:]

  /// No ids.
  public init() {}

  mutating func note(_ id: BlockID, lines: Int, end: Int) {
    found[end] = (lines, id)
  }

  /// The id of these very lines, all of them of the piece; nil where it is not known.
  func id(of lines: Range<Int>) -> BlockID? {
    guard lines.lowerBound >= 0, let block = found[lines.upperBound], block.lines == lines.count else { return nil }
    return block.id
  }

  /// Adds those that end within some lines of another piece, which follow here from an index on.
  public mutating func add(_ other: BlockIDs, endingIn lines: Range<Int>, from index: Int) {
    for (end, block) in other.found where lines.contains(end - 1) {
      found[index + end - lines.lowerBound] = block
    }
  }
}

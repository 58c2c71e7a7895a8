/// What remains of a block once its days are sealed: its id, by which the same lines are recognised.
public struct BlockName: Equatable, Sendable {
  /// The id.
  public var id: BlockID
  /// The number of its lines.
  public var lines: Int
  /// Whether it has reached its boundary; the last block of a log usually has not.
  public var isComplete: Bool
  /// Whether its lines differ enough that no other log has them by chance.
  public var isStrong: Bool
  /// The days its lines fall on; nil if none has a day.
  public var days: ClosedRange<Int32>?

  /// Creates the sealed form of a block from its parts.
  public init(id: BlockID, lines: Int, isComplete: Bool, isStrong: Bool, days: ClosedRange<Int32>?) {
    self.id = id
    self.lines = lines
    self.isComplete = isComplete
    self.isStrong = isStrong
    self.days = days
  }

  init(_ block: Block) {
    id = BlockID(of: block.hashes)
    lines = block.hashes.count
    isComplete = block.isComplete
    days = block.days
    isStrong = Ledger.isStrong(block.hashes)
  }
}

/// Splits the lines of one log into blocks as the ledger does, without a ledger.
public struct BlockCutter: Sendable {
  private var boundaries = BlockBoundaries()
  private var open = Block(stream: 0, sequence: 0)

  /// Starts at the beginning of a log.
  public init() {}

  /// Takes the next lines.
  ///
  /// - Parameter days: the day of each line; ``Ledger/noDay`` if it has none.
  /// - Returns: the blocks that end within them.
  public mutating func add(_ lines: Ledger.Window, days: [Int32]) -> [BlockName] {
    var names: [BlockName] = []
    for (index, hash) in lines.hashes.enumerated() {
      open.append(hash, day: days[index], time: lines.times[index])
      guard boundaries.endsBlock(hash) else { continue }
      open.isComplete = true
      names.append(BlockName(open))
      open = Block(stream: 0, sequence: 0)
    }
    return names
  }

  /// The incomplete block at the end of the log; nil if there is none.
  public var last: BlockName? { open.hashes.isEmpty ? nil : BlockName(open) }
}

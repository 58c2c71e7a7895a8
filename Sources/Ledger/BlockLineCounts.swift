/// The number of lines of a block on each site and local day, which the books need when the lines are read again.
public struct BlockLineCounts: Equatable, Sendable {
  /// Lines of one site and day.
  public struct Entry: Equatable, Sendable {
    /// The id of the site; 0 if it was unknown.
    public var site: UInt32
    /// The local day.
    public var day: Int32
    /// The number of lines.
    public var lines: Int

    /// Creates an entry.
    public init(site: UInt32, day: Int32, lines: Int) {
      self.site = site
      self.day = day
      self.lines = lines
    }
  }

  /// One entry for each site and day.
  public private(set) var entries: [Entry] = []

  /// Creates empty counts.
  public init() {}

  /// Adds lines. A block has few entries, and consecutive lines usually share one.
  public mutating func add(site: UInt32, day: Int32, lines: Int = 1) {
    let isWanted = { (entry: Entry) in entry.site == site && entry.day == day }
    if let index = entries.lastIndex(where: isWanted) {
      entries[index].lines += lines
    } else {
      entries.append(Entry(site: site, day: day, lines: lines))
    }
  }

  /// The total number of lines.
  public var lines: Int { entries.reduce(0) { $0 + $1.lines } }

  /// Splits the counts at a number of lines. Only the numbers are known, not which lines they belong to.
  func split(at count: Int) -> (first: BlockLineCounts, rest: BlockLineCounts) {
    var (first, rest) = (BlockLineCounts(), BlockLineCounts())
    for entry in entries {
      let taken = min(entry.lines, count - first.lines)
      if taken > 0 { first.add(site: entry.site, day: entry.day, lines: taken) }
      if taken < entry.lines { rest.add(site: entry.site, day: entry.day, lines: entry.lines - taken) }
    }
    return (first, rest)
  }
}

/// How many lines of a block fall on which site and local day: what the books say of them when they are read again.
public struct BlockLineCounts: Equatable, Sendable {
  /// Lines of one site and day.
  public struct Entry: Equatable, Sendable {
    /// The id of the site; 0 where it was unknown.
    public var site: UInt32
    /// The local day.
    public var day: Int32
    /// How many lines there are.
    public var lines: Int

    /// Bundles the values.
    public init(site: UInt32, day: Int32, lines: Int) {
      self.site = site
      self.day = day
      self.lines = lines
    }
  }

  /// One entry for each site and day.
  public private(set) var entries: [Entry] = []

  /// Books without lines.
  public init() {}

  /// Adds lines. A block has few entries, and lines in a row share theirs.
  public mutating func add(site: UInt32, day: Int32, lines: Int = 1) {
    let isWanted = { (entry: Entry) in entry.site == site && entry.day == day }
    if let index = entries.lastIndex(where: isWanted) {
      entries[index].lines += lines
    } else {
      entries.append(Entry(site: site, day: day, lines: lines))
    }
  }

  /// How many lines there are in all.
  public var lines: Int { entries.reduce(0) { $0 + $1.lines } }

  /// The books of so many lines, and those of the others: which line is whose is not known, only how many are.
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

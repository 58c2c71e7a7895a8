/// Counts the cells of a cube with marks, visitor by visitor, and visit by visit in chronological order.
///
/// - `count`: the number of the cube's dimensions.
/// - `marked`: the number of its marked dimensions.
struct MarkedCube<let count: Int, let marked: Int>: Sendable {
  /// How the current visitor came before, to a page, an event or at all, and what that was the first in.
  private struct Way {
    let subject: UInt32
    let values: [marked of UInt32]
    let firsts: Int64
    /// The index of another way of the same bucket; -1 for none.
    let next: Int32
  }

  private var table = CountTable<CellKey<count>>()
  private var ways: [Way] = []
  /// The index of the last way of each bucket of subjects; -1 for none.
  private var buckets = [64 of Int32](repeating: -1)
  private var comesInSeveralWays = false

  /// Begins with the next visitor.
  ///
  /// - Parameter comesInSeveralWays: whether its visits differ in a marked dimension. Nearly all visitors have visits of
  ///   one kind only, and nothing needs to be remembered of them.
  mutating func startVisitor(comesInSeveralWays: Bool) {
    self.comesInSeveralWays = comesInSeveralWays
    guard !ways.isEmpty else { return }
    ways.removeAll(keepingCapacity: true)
    buckets = [64 of Int32](repeating: -1)
  }

  /// Adds a visit of the current visitor, or a part of it.
  ///
  /// - Parameters:
  ///   - values: those of the cube's dimensions.
  ///   - way: those of its marked dimensions.
  ///   - subject: the page or event that the cells are about; 0 for none.
  /// - Returns: the place of the cell.
  @discardableResult
  mutating func add(
    _ values: [count of UInt32], way: [marked of UInt32], of subject: UInt32 = 0, hits: Int, seconds: Int,
    visitor: VisitorMark, _ visit: VisitMark
  ) -> Int {
    let firsts = comesInSeveralWays ? firsts(way, of: subject) : Firsts.all
    return table.add(CellKey(values, firsts: firsts), hits: hits, seconds: seconds, visitor: visitor, visit: visit)
      .place
  }

  private mutating func firsts(_ values: [marked of UInt32], of subject: UInt32) -> Int64 {
    let bucket = Int(subject & 63)
    var firsts = Firsts.all
    var index = buckets[bucket]
    while index >= 0 {
      let way = ways[Int(index)]
      index = way.next
      guard way.subject == subject else { continue }
      let agreement = Firsts.agreement(way.values, values)
      if agreement == 1 << marked - 1 { return way.firsts }
      firsts &= ~Firsts.subsets(of: agreement)
    }
    ways.append(Way(subject: subject, values: values, firsts: firsts, next: buckets[bucket]))
    buckets[bucket] = Int32(ways.count - 1)
    return firsts
  }

  /// Calls `body` with all cells, in no particular order.
  ///
  /// - Parameter cap: the pages that have cells of their own. The first value of a cell is a page.
  func forEach(_ cap: KeptPages, _ body: (CubeCell) throws -> Void) rethrows {
    if cap.keepsAll {
      for entry in table.entries { try body(CubeCell(entry.key, entry.counts)) }
      return
    }
    var sums: [CellKey<count>: Counts] = [:]
    for entry in table.entries {
      var key = entry.key
      key.values[0] = cap[key.values[0]]
      sums[key, default: Counts()] += entry.counts
    }
    for (key, counts) in sums { try body(CubeCell(key, counts)) }
  }

  /// Calls `body` with all cells, in no particular order, and a last number for each by its place.
  func forEach(_ last: [Int64], _ body: (CubeCell) throws -> Void) rethrows {
    for (entry, last) in zip(table.entries, last) { try body(CubeCell(entry.key, entry.counts, last)) }
  }
}

extension CubeCell {
  fileprivate init<let count: Int>(_ key: CellKey<count>, _ counts: Counts, _ last: Int64 = 0) {
    self.init(
      key.values,
      [key.firsts, counts.pageviews, counts.visitors, counts.visits, counts.bounces, counts.seconds, last, 0])
  }
}

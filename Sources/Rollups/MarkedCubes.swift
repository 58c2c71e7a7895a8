/// Counts the cells of a cube with marks, visitor by visitor, and visit by visit in chronological order.
///
/// - `count`: the number of the cube's dimensions.
/// - `marked`: the number of its marked dimensions.
struct MarkedCube<let count: Int, let marked: Int>: Sendable {
  /// How the current visitor came so far, and what each way is the first in.
  private typealias Ways = [(values: [marked of UInt32], firsts: Int64)]

  private var table = CountTable<CellKey<count>>()
  /// By the page or event that the cells are about; 0 if they are about none.
  private var ways: [UInt32: Ways] = [:]
  private var comesInSeveralWays = false

  /// Begins with the next visitor.
  ///
  /// - Parameter comesInSeveralWays: whether its visits differ in a marked dimension. Nearly all visitors have visits of
  ///   one kind only, and nothing needs to be remembered of them.
  mutating func startVisitor(comesInSeveralWays: Bool) {
    self.comesInSeveralWays = comesInSeveralWays
    if !ways.isEmpty { ways.removeAll(keepingCapacity: true) }
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

  private mutating func firsts(_ way: [marked of UInt32], of subject: UInt32) -> Int64 {
    let known = ways[subject, default: []]
    let agreements = known.map { Firsts.agreement($0.values, way) }
    if let same = agreements.firstIndex(of: 1 << marked - 1) { return known[same].firsts }
    let firsts = Firsts.marks(agreements)
    ways[subject, default: []].append((way, firsts))
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

/// The pages that have cells of their own: those with most visitors.
struct KeptPages {
  /// The pages; nil if all of them are kept.
  private let kept: Set<UInt32>?
  /// What stands for no page, and is always kept.
  private let none: UInt32
  /// What stands for all others.
  private let other: UInt32

  /// - Parameter list: the counts of the pages.
  init(_ list: CountList, cap: Int, none: UInt32, other: UInt32) {
    let counts = list.counts
    kept = counts.count > cap ? Set(ValueCap.apply(cap, to: counts, other: other).map(\.value)) : nil
    (self.none, self.other) = (none, other)
  }

  var keepsAll: Bool { kept == nil }

  subscript(page: UInt32) -> UInt32 {
    guard let kept, page != none, !kept.contains(page) else { return page }
    return other
  }
}

extension CubeCell {
  fileprivate init<let count: Int>(_ key: CellKey<count>, _ counts: Counts, _ last: Int64 = 0) {
    self.init(
      key.values,
      [key.firsts, counts.pageviews, counts.visitors, counts.visits, counts.bounces, counts.seconds, last, 0])
  }
}

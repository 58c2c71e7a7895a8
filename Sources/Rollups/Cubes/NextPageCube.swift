import Hits

/// Counts the cells of ``Cube/nextPages``, visitor by visitor.
struct NextPageCube: Sendable {
  private var table = CountTable<CellKey<2>>()

  /// Adds a visit of the current visitor. A page viewed several times in a row counts once.
  ///
  /// - Parameter none: the symbol of the empty text.
  mutating func add(_ hits: ArraySlice<TimedHit>, none: UInt32, visitor: VisitorMark, _ visit: VisitMark) {
    var page = none
    for hit in hits where hit.kind == .pageview && hit.page != page {
      add(page, hit.page, visitor, visit)
      page = hit.page
    }
    if page != none { add(page, none, visitor, visit) }
  }

  private mutating func add(_ page: UInt32, _ next: UInt32, _ visitor: VisitorMark, _ visit: VisitMark) {
    table.add(CellKey([page, next]), hits: 1, seconds: 0, visitor: visitor, visit: visit)
  }

  /// Calls `body` with all cells, in no particular order.
  ///
  /// - Parameter cap: the pages that have cells of their own.
  func forEach(_ cap: KeptPages, _ body: (CubeCell) throws -> Void) rethrows {
    var sums: [CellKey<2>: Counts] = [:]
    for entry in table.entries {
      guard !cap.keepsAll else {
        try body(CubeCell(entry.key, entry.counts))
        continue
      }
      sums[CellKey([cap[entry.key.values[0]], cap[entry.key.values[1]]]), default: Counts()] += entry.counts
    }
    for (key, counts) in sums { try body(CubeCell(key, counts)) }
  }
}

extension CubeCell {
  fileprivate init(_ key: CellKey<2>, _ counts: Counts) {
    self.init(key.values, [counts.pageviews, counts.visitors, counts.visits, 0, 0, 0, 0, 0])
  }
}

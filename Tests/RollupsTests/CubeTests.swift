import Hits
import Rollups
import TestSupport
import Testing

/// Compares the cube with a slow count of the same visitors that uses sets.
@Suite struct CubeTests {
  /// A visit with the visitor's number, the values it can be filtered by and its measures.
  private struct SlowVisit {
    var visitor: Int
    var values: [UInt32]
    var measures: [Int64]
  }

  private static func random(_ seed: UInt64) -> [Visitor] {
    var generator = SeededGenerator(seed: seed)
    return (0..<300).map { _ in Visitor.random(using: &generator) }
  }

  private static func sum(_ rows: [[Int64]]) -> [Int64] {
    rows.reduce([0, 0, 0, 0]) { sums, row in zip(sums, row).map { $0 + $1 } }
  }

  private func slowVisits(of visitors: [Visitor]) -> [SlowVisit] {
    visitors.enumerated().flatMap { number, visitor in
      parted(visitor.hits).map { visit in
        let from = AttributeTables.handMade.acquisitions[Int(visit[0].acquisition)]
        let client: [UInt32] = visitor.client == 0 ? [10, 12, 14] : [20, 22, 24]
        let views = visit.filter { $0.kind == .pageview }.count
        return SlowVisit(
          visitor: number, values: [from.source, from.channel, visitor.place == 0 ? 30 : 33] + client,
          measures: [
            Int64(views), 1, views == 1 && visit.count == 1 ? 1 : 0,
            Int64(visit[visit.count - 1].second - visit[0].second),
          ])
      }
    }
  }

  private func parted(_ hits: [TimedHit]) -> [[TimedHit]] {
    var visits: [[TimedHit]] = []
    for hit in hits.filter({ $0.kind != .notFound }).sorted() {
      if let last = visits.last?.last, hit.second - last.second <= 1_800 {
        visits[visits.count - 1].append(hit)
      } else {
        visits.append([hit])
      }
    }
    return visits
  }

  /// Returns the column of visitors that is exact if cells are selected by these indices of ``SlowVisit/values``.
  private func visitors(_ cell: CubeCell, pickedBy places: Set<Int>) -> Int64 {
    switch (places.contains(0), places.contains(1)) {
    case (true, true): cell.counts.visitors
    case (true, false): cell.visitorsOfSource
    case (false, true): cell.visitorsOfChannel
    case (false, false): cell.visitorsOfDay
    }
  }

  /// For every filter, sums over cells equal a count of the visits themselves.
  @Test(arguments: 1...5) func sumsOverCellsAreExactForEachFilter(_ seed: UInt64) {
    let visitors = Self.random(seed)
    let visits = slowVisits(of: visitors)
    let cells = DayRollup(of: visitors).cells
    #expect(Set(cells.map(\.values)).count == cells.count)
    for filter in 0..<64 {
      let places = Set((0..<6).filter { filter >> $0 & 1 == 1 })
      let wanted = Set(visits.map { visit in places.sorted().map { visit.values[$0] } })
      for values in wanted {
        let kept = visits.filter { visit in places.sorted().map { visit.values[$0] } == values }
        let summed = cells.filter { cell in places.sorted().map { cell.values[$0] } == values }
        let distinct = summed.reduce(Int64(0)) { $0 + self.visitors($1, pickedBy: places) }
        #expect(distinct == Int64(Set(kept.map(\.visitor)).count))
        #expect(Self.sum(summed.map(\.measures)) == Self.sum(kept.map(\.measures)))
      }
    }
  }
}

extension CubeCell {
  fileprivate var values: [UInt32] { [key.source, key.channel, key.country, key.browser, key.os, key.device] }
  fileprivate var measures: [Int64] { [counts.pageviews, counts.visits, counts.bounces, counts.seconds] }
}

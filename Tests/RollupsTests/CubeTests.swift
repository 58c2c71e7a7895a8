import Hits
import Rollups
import TestSupport
import Testing

/// The cube against a slow count of the same visitors by sets.
@Suite struct CubeTests {
  private struct Cell: Equatable {
    var visitors: Set<Int> = []
    var counts = [Int64](repeating: 0, count: 5)
  }

  @Test(arguments: 1...5) func cellsHoldDistinctVisitorsAndTheirVisits(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let visitors = (0..<300).map { _ in Visitor.random(using: &generator) }
    var expected: [[UInt32]: Cell] = [:]
    for (number, visitor) in visitors.enumerated() {
      for visit in slowVisits(of: visitor.hits) {
        let source: UInt32 = visit[0].acquisition == 0 ? 40 : 43
        let country: UInt32 = visitor.place == 0 ? 30 : 33
        let client: [UInt32] = visitor.client == 0 ? [10, 12, 14] : [20, 22, 24]
        var cell = expected[[source, country] + client] ?? Cell()
        let views = visit.filter { $0.kind == .pageview }.count
        let seconds = Int64(visit[visit.count - 1].second - visit[0].second)
        cell.visitors.insert(number)
        let added = [Int64(views), 0, 1, views == 1 && visit.count == 1 ? 1 : 0, seconds]
        cell.counts = zip(cell.counts, added).map(+)
        cell.counts[1] = Int64(cell.visitors.count)
        expected[[source, country] + client] = cell
      }
    }
    let cells = DayRollup(of: visitors).cells
    #expect(cells.count == expected.count)
    for (key, counts) in cells {
      #expect(expected[[key.source, key.country, key.browser, key.os, key.device]]?.counts == counts.values)
    }
  }

  private func slowVisits(of hits: [TimedHit]) -> [[TimedHit]] {
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
}

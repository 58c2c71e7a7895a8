import Hits
import TestSupport
import Testing

@testable import StatsStore

@Suite struct RunOrderTests {
  private typealias StoredHit = RunCodec.StoredHit

  /// Visitors whose hashes start alike, or who are the same, share a bucket.
  @Test(arguments: [0, 1, 2, 17, 300, 5_000], [1, 3, 1 << 20, UInt64.max])
  func hitsAreInTheOrderOfARun(_ count: Int, _ visitors: UInt64) {
    var generator = SeededGenerator(seed: UInt64(count))
    let hits = (0..<count).map { _ in
      StoredHit(
        visitor: UInt64.random(in: 0...visitors - 1, using: &generator),
        client: UInt32.random(in: 0...1, using: &generator), place: UInt32.random(in: 0...1, using: &generator),
        hit: TimedHit(
          second: Int32.random(in: -5...20, using: &generator), kind: .pageview,
          page: UInt32.random(in: 0...2, using: &generator), acquisition: 1))
    }
    let sorted = RunOrder.sorted(hits)
    let expected = hits.sorted(by: StoredHit.isBefore)
    #expect(sorted.map(\.visitor) == expected.map(\.visitor))
    #expect(sorted.map(\.client) == expected.map(\.client))
    #expect(sorted.map(\.place) == expected.map(\.place))
    #expect(sorted.map(\.hit) == expected.map(\.hit))
  }
}

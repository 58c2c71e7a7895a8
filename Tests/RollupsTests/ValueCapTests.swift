import TestSupport
import Testing

@testable import Rollups

/// Compares the cap, which never holds more values than it keeps, with sorting all of them.
@Suite struct ValueCapTests {
  private typealias Entry = (value: Int, counts: Counts)

  private static func reference(_ cap: Int, _ values: [Entry], other: Int) -> [Int: Counts] {
    let sorted = values.sorted { left, right in
      (right.counts.visitors, right.counts.pageviews, left.value) < (
        left.counts.visitors, left.counts.pageviews, right.value
      )
    }
    var kept = Dictionary(uniqueKeysWithValues: sorted.prefix(cap).map { ($0.value, $0.counts) })
    for entry in sorted.dropFirst(cap) { kept[other, default: Counts()] += entry.counts }
    return kept
  }

  @Test(arguments: [0, 1, 2, 49, 50, 51, 200, 1_000], 1...4 as ClosedRange<UInt64>)
  func thoseOfMostVisitorsAreKept(cap: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    // Few distinct counts, to get ties. Now and then, a value has the name of the rest.
    let values: [Entry] = (0..<200).shuffled(using: &generator).map { value in
      var counts = Counts()
      counts.visitors = Int64.random(in: 1...3, using: &generator)
      counts.pageviews = counts.visitors + Int64.random(in: 0...1, using: &generator)
      counts.seconds = Int64.random(in: 0...100, using: &generator)
      return (value, counts)
    }
    for other in [0, 100, 500] {
      let kept = ValueCap.apply(cap, to: values.lazy.map { $0 }, other: other)
      #expect(
        Dictionary(uniqueKeysWithValues: kept.map { ($0.value, $0.counts) })
          == Self.reference(cap, values, other: other))
    }
  }
}

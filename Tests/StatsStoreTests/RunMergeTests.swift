import GRDB
import Hits
import TestSupport
import Testing

@testable import StatsStore

@Suite struct RunMergeTests {
  private struct Seen: Hashable {
    var visitor: UInt64
    var hit: TimedHit
  }

  /// Walks the runs of a day: each visitor once, in order, with all its hits from all runs.
  private func walk(_ test: TestStore, day: Int32) throws -> (visitors: [UInt64], hits: [Seen]) {
    try test.store.read { db in
      var merge = try RunMerge(site: test.site, day: day, db)
      var visitor = RunMerge.VisitorHits()
      var visitors: [UInt64] = []
      var hits: [Seen] = []
      while try merge.next(&visitor) {
        visitors.append(visitor.visitor)
        hits += visitor.hits.map { Seen(visitor: visitor.visitor, hit: $0) }
      }
      return (visitors, hits)
    }
  }

  @Test(arguments: [1, 2, 3, 7]) func runsAreMergedToTheirSortedUnion(_ runs: Int) throws {
    let test = try TestStore()
    var generator = SeededGenerator(seed: UInt64(runs))
    let hits = (0..<700).map { _ in TextHit.random(using: &generator) }
    try test.add((0..<runs).map { run in hits.enumerated().filter { $0.offset % runs == run }.map(\.element) })
    let one = try TestStore()
    try one.add([hits])
    for day: Int32 in [20_766, 20_767] {
      let found = try walk(test, day: day)
      let ofDay = hits.filter { $0.day == day }
      #expect(found.visitors == Set(ofDay.map(\.visitor)).sorted())
      #expect(found.hits.count == ofDay.count)
      // Ids depend on the order of imports, so hits are compared without them.
      let seconds = Dictionary(grouping: found.hits, by: \.visitor).mapValues { $0.map(\.hit.second).sorted() }
      let expected = Dictionary(grouping: ofDay, by: \.visitor).mapValues { $0.map(\.second).sorted() }
      #expect(seconds == expected)
      if runs == 1 { #expect(try Set(walk(one, day: day).hits) == Set(found.hits)) }
    }
  }

  @Test func aVisitorOfManyPiecesIsOne() throws {
    let test = try TestStore()
    let hits = (0..<18_000).map { TextHit(second: Int32($0), page: "/page/\($0 % 3)") }
    try test.add([Array(hits[..<15_000]), Array(hits[15_000...])])
    let pieces = try test.store.read { try Int.fetchOne($0, sql: "SELECT max(piece) FROM run") }
    #expect(pieces ?? 0 > 0)
    let found = try walk(test, day: 20_766)
    #expect(found.visitors == [1])
    #expect(found.hits.map(\.hit.second).sorted() == hits.map(\.second))
  }

  @Test func aDayWithoutRunsHasNoVisitors() throws {
    #expect(try walk(TestStore(), day: 1).visitors.isEmpty)
  }
}

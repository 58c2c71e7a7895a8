import Hits
import Sessions
import Testing

@Suite struct VisitSplitterTests {
  private func visits(_ hits: [(second: Int32, kind: HitKind)]) -> [Visit] {
    let hits = hits.map { TimedHit(second: $0.second, kind: $0.kind, page: 0, acquisition: 0) }
    var visits: [Visit] = []
    while let start = visits.isEmpty ? 0 : visits.last?.hits.upperBound, start < hits.count {
      visits.append(VisitSplitter.visit(of: hits, from: start))
    }
    return visits
  }

  @Test(arguments: [(Int32(0), 1), (1, 1), (1_799, 1), (1_800, 1), (1_801, 2), (40_000, 2)])
  func aGapOfMoreThanHalfAnHourEndsAVisit(_ gap: Int32, _ count: Int) {
    #expect(visits([(50, .pageview), (50 + gap, .pageview)]).count == count)
  }

  /// The pause decides, not the length.
  @Test func aVisitMayLastAllDay() {
    let hits = stride(from: Int32(0), to: 86_400, by: 1_800).map { ($0, HitKind.pageview) }
    let found = visits(hits)
    #expect(found.count == 1)
    #expect(found.first?.duration == 84_600)
    #expect(found.first?.pageviews == 48)
  }

  @Test func visitsFollowEachOther() {
    let found = visits([
      (0, .pageview), (1_800, .pageview), (3_601, .pageview), (3_601, .pageview), (9_000, .event), (80_000, .pageview),
    ])
    #expect(found.map(\.hits) == [0..<2, 2..<4, 4..<5, 5..<6])
    #expect(found.map(\.duration) == [1_800, 0, 0, 0])
    #expect(found.map(\.pageviews) == [2, 2, 0, 1])
    #expect(found.map(\.entry) == [0, 2, nil, 5])
    #expect(found.map(\.exit) == [1, 3, nil, 5])
    #expect(found.map(\.isBounce) == [false, false, false, true])
  }

  @Test(
    arguments: [
      ([.pageview], true), ([.event], false), ([.pageview, .event], false), ([.event, .pageview], false),
      ([.pageview, .pageview], false), ([.event, .event], false),
    ] as [([HitKind], Bool)])
  func aBounceIsOnePageViewAndNothingElse(_ kinds: [HitKind], _ isBounce: Bool) {
    let found = visits(kinds.enumerated().map { (Int32($0.offset), $0.element) })
    #expect(found.map(\.isBounce) == [isBounce])
  }

  @Test func eventsKeepAVisitGoingAndAreNoEntryOrExit() {
    let found = visits([(0, .event), (1_000, .pageview), (2_800, .event), (4_600, .pageview), (4_700, .event)])
    #expect(found.count == 1)
    #expect(found.first?.entry == 1)
    #expect(found.first?.exit == 3)
    #expect(found.first?.pageviews == 2)
    #expect(found.first?.duration == 4_700)
  }
}

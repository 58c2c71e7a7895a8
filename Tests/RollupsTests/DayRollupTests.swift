import Hits
import Rollups
import TestSupport
import Testing

/// A day of three visitors and four visits, whose numbers were computed by hand from docs/counting.md.
@Suite struct DayRollupTests {
  private typealias Row = (Dimension, UInt32, [Int64])

  private static let visitors: [Visitor] = [
    // A visit from a campaign with an event on its second page, a bounce in the afternoon, and a lost page between.
    Visitor(
      client: 0, place: 0,
      hits: [
        .view(1_000, page: 1, acquisition: 1), .view(1_100, page: 2), .event(1_150, page: 2), .view(1_400, page: 1),
        .lost(3_000), .view(7_200, page: 3),
      ]),
    // A visit that spans two hours.
    Visitor(client: 1, place: 0, hits: [.view(3_590, page: 1), .view(3_610, page: 1)]),
    // An event without a page, and two lost pages.
    Visitor(client: 0, place: 1, hits: [.event(50, page: 2), .lost(9_000), .lost(9_001)]),
  ]

  private static let expected: [Row] = [
    (.total, 0, [6, 3, 4, 1, 420]),
    (.hour, 0, [4, 3, 3, 0, 420]), (.hour, 1, [1, 1, 1, 0, 0]), (.hour, 2, [1, 1, 1, 1, 0]),
    (.page, 1, [4, 2, 2, 0, 120]), (.page, 2, [1, 1, 1, 0, 300]), (.page, 3, [1, 1, 1, 1, 0]),
    (.entryPage, 1, [5, 2, 2, 0, 420]), (.entryPage, 3, [1, 1, 1, 1, 0]),
    (.exitPage, 1, [5, 2, 2, 0, 420]), (.exitPage, 3, [1, 1, 1, 1, 0]),
    (.source, 40, [3, 3, 3, 1, 20]), (.source, 43, [3, 1, 1, 0, 400]),
    (.channel, 41, [3, 3, 3, 1, 20]), (.channel, 44, [3, 1, 1, 0, 400]),
    (.referrer, 42, [3, 3, 3, 1, 20]),
    (.utmSource, 45, [3, 1, 1, 0, 400]), (.utmMedium, 46, [3, 1, 1, 0, 400]),
    (.utmCampaign, 47, [3, 1, 1, 0, 400]), (.utmContent, 48, [3, 1, 1, 0, 400]), (.utmTerm, 49, [3, 1, 1, 0, 400]),
    (.country, 30, [6, 2, 3, 1, 420]), (.country, 33, [0, 1, 1, 0, 0]),
    (.region, 31, [6, 2, 3, 1, 420]), (.region, 34, [0, 1, 1, 0, 0]),
    (.city, 32, [6, 2, 3, 1, 420]), (.city, 35, [0, 1, 1, 0, 0]),
    (.browser, 10, [4, 2, 3, 1, 400]), (.browser, 20, [2, 1, 1, 0, 20]),
    (.browserVersion, 11, [4, 2, 3, 1, 400]), (.browserVersion, 21, [2, 1, 1, 0, 20]),
    (.os, 12, [4, 2, 3, 1, 400]), (.os, 22, [2, 1, 1, 0, 20]),
    (.osVersion, 13, [4, 2, 3, 1, 400]), (.osVersion, 23, [2, 1, 1, 0, 20]),
    (.device, 14, [4, 2, 3, 1, 400]), (.device, 24, [2, 1, 1, 0, 20]),
    (.notFound, 9, [3, 2, 0, 0, 0]),
    (.event, 50, [2, 2, 2, 0, 0]), (.eventProperty, 51, [2, 2, 2, 0, 0]), (.eventProperty, 52, [2, 2, 2, 0, 0]),
    (.network, 36, [6, 2, 3, 1, 420]), (.network, 37, [0, 1, 1, 0, 0]),
    (.funnel, 70, [0, 2, 2, 0, 0]), (.funnel, 71, [0, 1, 1, 0, 0]), (.funnel, 72, [0, 1, 1, 0, 0]),
    (.funnel, 73, [0, 1, 1, 0, 0]), (.funnel, 74, [0, 2, 3, 1, 0]), (.funnel, 75, [0, 0, 0, 0, 0]),
    (.utm, 60, [3, 3, 3, 1, 20]), (.utm, 61, [3, 1, 1, 0, 400]),
  ]

  @Test func countsADayAsWorkedOutByHand() {
    let rows = DayRollup(of: Self.visitors).rows(cap: 100, other: 99)
    for (row, expected) in zip(rows, Self.expected) {
      #expect(row.key.isOf(expected.0, expected.1), "\(expected.0.name) \(expected.1)")
      #expect(row.counts.values == expected.2, "\(expected.0.name) \(expected.1)")
    }
    #expect(rows.count == Self.expected.count)
    let dimensions = Set(Self.expected.map(\.0) + [.behaviour, .behaviourEvent])
    #expect(
      dimensions == Set(Dimension.stored).subtracting([.robotClass, .robot, .robotPage, .feed]),
      "a dimension has no case")
  }

  @Test func countsTheCubeAsWorkedOutByHand() {
    let found = DayRollup(of: Self.visitors).cells(of: .visits)
    let (cells, counts) = (found.map { $0.values(of: .visits) }, found.map { $0.counts(of: .visits) })
    let expected: [[UInt32]: [Int64]] = [
      [43, 44, 30, 10, 12, 14]: [3, 1, 1, 0, 400], [40, 41, 30, 10, 12, 14]: [1, 1, 1, 1, 0],
      [40, 41, 30, 20, 22, 24]: [2, 1, 1, 0, 20], [40, 41, 33, 10, 12, 14]: [0, 1, 1, 0, 0],
    ]
    #expect(Dictionary(uniqueKeysWithValues: zip(cells, counts)) == expected)
  }

  /// Robots are counted under their rule and nowhere else: neither their pages nor their lost pages.
  @Test func robotsAreCountedByTheirRuleOnly() {
    var rollup = DayRollup(of: Self.visitors)
    let before = rollup.rows(cap: 100, other: 99)
    rollup.addRobot(rule: 60, hits: [.view(1, page: 1), .view(2, page: 1), .event(3, page: 1), .lost(4)], loads: true)
    rollup.addRobot(rule: 60, hits: [.view(1, page: 2)], loads: false)
    rollup.addRobot(rule: 61, hits: [.lost(1)], loads: false)
    let after = rollup.rows(cap: 100, other: 99)
    let ofRobots: Set<Dimension> = [.behaviour, .behaviourEvent]
    let others = after.filter { !ofRobots.contains($0.key.dimension) }
    #expect(others.map(\.key) == before.map(\.key))
    #expect(others.map(\.counts) == before.map(\.counts))
    let robots = after.filter { ofRobots.contains($0.key.dimension) }
    #expect(robots.map(\.key.dimension) == [.behaviour, .behaviourEvent])
    #expect(robots.map(\.key.value) == [60, 60])
    #expect(robots.map(\.counts.values) == [[3, 2, 0, 0, 0], [1, 1, 0, 0, 0]])
    #expect(robots.map(\.counts.seenLoading) == [1, 1])
    for cube in Cube.allCases {
      #expect(
        rollup.cells(of: cube).map { $0.counts(of: cube) }
          == DayRollup(of: Self.visitors).cells(of: cube).map { $0.counts(of: cube) })
    }
  }

  @Test func orderOfVisitorsAndHitsDoesNotMatter() {
    var generator = SeededGenerator(seed: 6)
    let expected = DayRollup(of: Self.visitors).rows(cap: 100, other: 99)
    for _ in 0..<50 {
      var visitors = Self.visitors.shuffled(using: &generator)
      for index in visitors.indices { visitors[index].hits.shuffle(using: &generator) }
      let rows = DayRollup(of: visitors).rows(cap: 100, other: 99)
      #expect(rows.map(\.key) == expected.map(\.key))
      #expect(rows.map(\.counts) == expected.map(\.counts))
    }
  }

  /// Within a second, the page with the smaller number comes first, whatever the order of the hits.
  @Test func hitsOfOneSecondHaveOneOrder() {
    for hits in [[TimedHit.view(5, page: 3), .view(5, page: 1)], [.view(5, page: 1), .view(5, page: 3)]] {
      let rows = DayRollup(of: [Visitor(client: 0, place: 0, hits: hits)]).rows(cap: 100, other: 99)
      #expect(rows.first { $0.key.dimension == .entryPage }?.key.value == 1)
      #expect(rows.first { $0.key.dimension == .exitPage }?.key.value == 3)
    }
  }

  @Test func aDayWithoutHitsHasNoRows() {
    #expect(DayRollup(of: []).rows(cap: 100, other: 99).isEmpty)
    for cube in Cube.allCases { #expect(DayRollup(of: []).cells(of: cube).isEmpty) }
  }
}

@Suite struct DayRollupCapTests {
  /// Returns a day of pages 1 to 5 with this many visitors each. Each visitor views the page, and page 6 after a
  /// minute.
  private func day(_ visitors: [Int]) -> DayRollup {
    DayRollup(
      of: visitors.enumerated().flatMap { page, count in
        (0..<count).map { _ in
          Visitor(client: 0, place: 0, hits: [.view(0, page: UInt32(page + 1)), .view(60, page: 6)])
        }
      })
  }

  private func entries(_ rollup: DayRollup, cap: Int, other: UInt32 = 99) -> [UInt32: [Int64]] {
    let rows = rollup.rows(cap: cap, other: other).filter { $0.key.dimension == .entryPage }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.key.value, $0.counts.values) })
  }

  @Test func keepsThoseOfMostVisitorsAndAddsUpTheRest() {
    #expect(
      entries(day([1, 4, 2, 5, 3]), cap: 2) == [
        4: [10, 5, 5, 0, 300], 2: [8, 4, 4, 0, 240], 99: [12, 6, 6, 0, 360],
      ])
  }

  @Test func keepsAllThatFit() {
    let kept = entries(day([1, 4, 2, 5, 3]), cap: 5)
    #expect(kept.keys.sorted() == [1, 2, 3, 4, 5])
  }

  @Test func tiesAreBrokenByTheValue() {
    #expect(entries(day([2, 2, 2, 2]), cap: 1).keys.sorted() == [1, 99])
  }

  /// `utm_campaign=(other)` is a possible value. It used to produce two rows with one key, which no table accepts.
  @Test func aValueThatBearsTheNameOfTheRestIsAddedToIt() {
    #expect(entries(day([1, 4, 2]), cap: 1, other: 2) == [2: [14, 7, 7, 0, 420]])
    #expect(entries(day([1, 4, 2]), cap: 1, other: 1) == [2: [8, 4, 4, 0, 240], 1: [6, 3, 3, 0, 180]])
  }
}

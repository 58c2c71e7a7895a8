import GRDB
import Hits
import Rollups
import Testing
import TestSupport

@testable import StatsStore

/// Compares filters with a slow count of the same hits, visit by visit.
@Suite struct VisitFilterTests {
  /// A visit as filters see it.
  private struct SlowVisit {
    var day: Int32
    var visitor: UInt64
    var values: [Dimension: String]
    var pages: [String]
    /// The names of its events.
    var events: [String]
    var hits: Int
    var seconds: Int32
    var isBounce: Bool { hits == 1 && pages.count == 1 }
  }

  /// Returns hits at distinct seconds, so a visit's source never depends on a tie.
  private static func hits(_ seed: UInt64) -> [TextHit] {
    var generator = SeededGenerator(seed: seed)
    let seconds = (0..<700).map { Int32($0) * 120 }.shuffled(using: &generator)
    return seconds.map { second in
      var hit = TextHit.random(using: &generator)
      hit.second = second
      return hit
    }
  }

  private static func visits(of hits: [TextHit]) -> [SlowVisit] { visits(of: hits) { [visit($0)] } }

  private static func visits(of hits: [TextHit], _ parted: ([TextHit]) -> [SlowVisit]) -> [SlowVisit] {
    let counted = hits.filter { $0.kind != .notFound }
    let byVisitor = Dictionary(grouping: counted) { "\($0.day) \($0.visitor)" }
    return byVisitor.values.flatMap { hits in
      var parts: [[TextHit]] = []
      for hit in hits.sorted(by: { $0.second < $1.second }) {
        if let last = parts.last?.last, hit.second - last.second <= 1_800 {
          parts[parts.count - 1].append(hit)
        } else {
          parts.append([hit])
        }
      }
      return parts.flatMap(parted)
    }
  }

  private static func visit(_ hits: [TextHit]) -> SlowVisit {
    let first = hits[0]
    let pages = hits.filter { $0.kind == .pageview }.map(\.page)
    return SlowVisit(
      day: first.day, visitor: first.visitor,
      values: [
        .source: first.acquisition[0], .channel: first.acquisition[1], .country: first.place[0],
        .browser: first.client[0], .os: first.client[2], .device: first.client[4], .entryPage: pages.first ?? "",
        .utmSource: first.acquisition[3], .utmMedium: first.acquisition[4], .utmCampaign: first.acquisition[5],
      ], pages: pages, events: hits.filter { $0.kind.isEvent }.map { $0.event[0] }, hits: hits.count,
      seconds: hits[hits.count - 1].second - first.second)
  }

  /// Returns the part of each visit on each of its pages, with the page as a value.
  private static func byPage(_ hits: [TextHit]) -> [SlowVisit] {
    visits(of: hits) { hits in
      Set(hits.filter { $0.kind == .pageview }.map(\.page)).map { page in
        var part = visit(hits)
        part.values[.page] = page
        part.pages = part.pages.filter { $0 == page }
        part.seconds = hits.indices.dropLast().reduce(0) { sum, index in
          hits[...index].last { $0.kind == .pageview }?.page == page
            ? sum + hits[index + 1].second - hits[index].second : sum
        }
        return part
      }
    }
  }

  /// Returns each visit with each of its events as a value.
  private static func byEvent(_ hits: [TextHit]) -> [SlowVisit] {
    visits(of: hits) { hits in
      let visit = visit(hits)
      return Set(visit.events).map { event in
        var visit = visit
        visit.values[.event] = event
        visit.events = visit.events.filter { $0 == event }
        return visit
      }
    }
  }

  private static func counts(_ visits: [SlowVisit]) -> Counts {
    var counts = Counts()
    counts.pageviews = Int64(visits.reduce(0) { $0 + $1.pages.count })
    counts.visitors = Int64(Set(visits.map { "\($0.day) \($0.visitor)" }).count)
    counts.visits = Int64(visits.count)
    counts.bounces = Int64(visits.filter(\.isBounce).count)
    counts.seconds = Int64(visits.reduce(0) { $0 + Int($1.seconds) })
    return counts
  }

  private static let period: ClosedRange<Int32> = 20_766...20_767

  private func store(_ hits: [TextHit]) throws -> TestStore {
    let test = try TestStore()
    try test.add([hits])
    try test.store.rebuildDirtyDays()
    return test
  }

  /// Every combination of the dimensions of a cube, with every list that it can have.
  @Test(arguments: Cube.allCases.filter { $0 != .nextPages }, [UInt64(41), 42])
  func everyCombinationIsExact(_ cube: Cube, _ seed: UInt64) throws {
    let hits = Self.hits(seed)
    let test = try store(hits)
    let visits = cube == .pages ? Self.byPage(hits) : cube == .events ? Self.byEvent(hits) : Self.visits(of: hits)
    // A prime step takes some of many combinations.
    for choice in stride(from: 1, to: 1 << cube.dimensions.count, by: [.entries: 7, .events: 61][cube] ?? 1) {
      let dimensions = cube.dimensions.enumerated().filter { choice >> $0.offset & 1 == 1 }.map(\.element)
      // Some combinations are kept only for visits with an event.
      guard VisitFilter.cube(of: Set(dimensions)) != nil else { continue }
      let like = visits[choice * 3 % visits.count].values
      let filter = try VisitFilter(dimensions.map { .init($0, like[$0] ?? "") })
      let kept = visits.filter { visit in dimensions.allSatisfy { visit.values[$0] == like[$0] } }
      try test.store.withStatistics(of: test.site, filter: filter) { statistics in
        // What is not about a page or an event counts visits rather than their pages or events.
        if cube.subject.map(dimensions.contains) != false {
          let daily = try statistics.daily(in: Self.period)
          #expect(daily.reduce(0) { $0 + $1.counts.visits } == Int64(kept.count), "\(dimensions)")
          // Cubes do not tell who loads.
          for (day, counts) in daily {
            let expected = Self.counts(kept.filter { $0.day == day })
            #expect(counts.measures.dropLast() == expected.measures.dropLast(), "\(dimensions)")
          }
        }
        let listedTogether = cube.dimensions.filter { filter.cube(listing: $0) == cube && filter.lists($0) }
        let tops = try statistics.tops(listedTogether, in: Self.period, limit: 100)
        let first = try statistics.tops(listedTogether, in: Self.period, limit: 2)
        for listed in listedTogether {
          let isAbsentListed = [.source, .channel, .country, .browser, .os, .device].contains(listed)
          let expected = Dictionary(grouping: kept) { $0.values[listed] ?? "" }
            .filter { isAbsentListed || !$0.key.isEmpty }.mapValues { visits in
              let measures = Self.counts(visits).measures
              guard listed == .event else { return measures }
              return [Int64(visits.reduce(0) { $0 + $1.events.count }), measures[1], measures[2], 0, 0, measures[5]]
            }
          let top = try #require(tops[listed])
          #expect(first[listed]?.rows == Array(top.rows.prefix(2)))
          #expect(first[listed]?.values == top.values)
          #expect(
            top.rows.map { [-$0.counts.visitors, -$0.counts.pageviews] }
              == top.rows.map { [-$0.counts.visitors, -$0.counts.pageviews] }
              .sorted { $0.lexicographicallyPrecedes($1) })
          #expect(
            Dictionary(uniqueKeysWithValues: top.rows.map { ($0.value, $0.counts.measures) }) == expected,
            "\(listed) of \(dimensions)")
          #expect(top.values == expected.count)
        }
      }
    }
  }

  /// What pictures show adds up the same rows as the reports by day and hour.
  @Test func weeksOfHoursAndStepsOfDaysAddUp() throws {
    let test = try store(Self.hits(49))
    try test.store.withStatistics(of: test.site) { statistics in
      var hours: [[Int]: Int64] = [:]
      for (day, hour, counts) in try statistics.hourly(in: Self.period) {
        hours[[Int(day - DayName.monday(of: day)), hour], default: 0] += counts.pageviews
      }
      let week = try statistics.hoursOfWeek(in: Self.period)
      #expect(Dictionary(uniqueKeysWithValues: week.map { ([$0.weekday, $0.hour], $0.pageviews) }) == hours)
      let pages = try statistics.top(.page, in: Self.period, limit: 100).rows
      let values = pages.map(\.value) + ["/nobody"]
      let daily = try statistics.visitors(of: .page, values, in: Self.period, every: 1)
      let whole = try statistics.visitors(of: .page, values, in: Self.period, every: 2)
      for row in pages {
        #expect(daily[row.value]?.reduce(0) { $0 + $1.visitors } == row.counts.visitors)
        #expect(whole[row.value]?.map(\.visitors) == [row.counts.visitors])
        let days = try statistics.filtered(by: VisitFilter([.init(.page, row.value)])).daily(in: Self.period)
        let byStep = days.map { [Int64($0.day - Self.period.lowerBound), $0.counts.visitors] }
        #expect(daily[row.value]?.map { [Int64($0.step), $0.visitors] } == byStep)
      }
      #expect(daily["/nobody"]?.isEmpty == true)
    }
  }

  /// For each page, what visits viewed right after it and right before it.
  @Test(arguments: [UInt64(47), 48]) func nextAndPreviousPagesAreExact(_ seed: UInt64) throws {
    let hits = Self.hits(seed)
    let test = try store(hits)
    let steps = Self.visits(of: hits).enumerated().flatMap {
      number, visit -> [(visit: Int, visitor: String, pair: [String])] in
      var path = [""]
      for page in visit.pages where page != path.last { path.append(page) }
      if path.count > 1 { path.append("") }
      return zip(path, path.dropFirst()).map { (number, "\(visit.day) \(visit.visitor)", [$0, $1]) }
    }
    for page in Set(hits.map(\.page)) {
      let filter = try VisitFilter([.init(.page, page)])
      for (dimension, own, other) in [(Dimension.nextPage, 0, 1), (.previousPage, 1, 0)] {
        let expected = Dictionary(grouping: steps.filter { $0.pair[own] == page }) { $0.pair[other] }.mapValues {
          [Int64($0.count), Int64(Set($0.map(\.visitor)).count), Int64(Set($0.map(\.visit)).count), 0, 0, 0]
        }
        let top = try test.store.withStatistics(of: test.site, filter: filter) {
          try $0.top(dimension, in: Self.period, limit: 100)
        }
        #expect(
          Dictionary(uniqueKeysWithValues: top.rows.map { ($0.value, $0.counts.measures) }) == expected,
          "\(dimension) of \(page)")
      }
    }
    #expect(!VisitFilter.all.lists(.nextPage))
    #expect(throws: FilterRefusal.noFilter("next_page")) { try VisitFilter([.init(.nextPage, "/a")]) }
    #expect(try !VisitFilter([.init(.page, "/a"), .init(.source, "Google")]).lists(.nextPage))
  }

  /// Two values, and all but two, alone and with one source; of the dimensions that have a list of their own, too.
  @Test(arguments: [UInt64(45), 46]) func severalValuesAreExact(_ seed: UInt64) throws {
    let hits = Self.hits(seed)
    let test = try store(hits)
    let visits = Self.visits(of: hits)
    for dimension in Cube.visits.dimensions where VisitFilter.several.contains(dimension) {
      let two = Array(Set(visits.compactMap { $0.values[dimension] }).sorted().prefix(2))
      for (isNegated, source) in [(false, nil), (true, nil), (false, visits[7].values[.source])] {
        var term = VisitFilter.Term(dimension, "")
        (term.values, term.isNegated) = (two, isNegated)
        let filter = try VisitFilter([term] + (source.map { [.init(.source, $0)] } ?? []))
        let kept = visits.filter { visit in
          two.contains(visit.values[dimension] ?? "") != isNegated && (source == nil || visit.values[.source] == source)
        }
        try test.store.withStatistics(of: test.site, filter: filter) { statistics in
          for (day, counts) in try statistics.daily(in: Self.period) {
            #expect(counts.measures == Self.counts(kept.filter { $0.day == day }).measures, "\(dimension)")
          }
          // What has one value needs no list.
          #expect(filter.lists(dimension) == (isNegated || two.count > 1))
          guard filter.lists(dimension) else { return }
          let top = try statistics.top(dimension, in: Self.period, limit: 100)
          let expected = Dictionary(grouping: kept) { $0.values[dimension] ?? "" }.mapValues {
            Self.counts($0).measures
          }
          #expect(Dictionary(uniqueKeysWithValues: top.rows.map { ($0.value, $0.counts.measures) }) == expected)
        }
      }
    }
    // The sums of a dimension by itself.
    var all = VisitFilter.Term(.city, "")
    all.isNegated = true
    all.values = ["nowhere"]
    let daily = try test.store.withStatistics(of: test.site, filter: VisitFilter([all])) {
      try $0.daily(in: Self.period)
    }
    #expect(daily.map(\.counts.visits) == Self.period.map { day in Int64(visits.count { $0.day == day }) })
  }

  @Test func aPageByItselfIsExact() throws {
    let hits = Self.hits(43)
    let test = try store(hits)
    let seen = Self.visits(of: hits).filter { $0.pages.contains("/a") }
    let daily = try test.store.withStatistics(of: test.site, filter: VisitFilter([.init(.page, "/a")])) {
      try $0.daily(in: Self.period)
    }
    let total = daily.reduce(into: Counts()) { $0 += $1.counts }
    #expect(total.visits == Int64(seen.count))
    #expect(total.visitors == Self.counts(seen).visitors)
    #expect(total.pageviews == Int64(seen.reduce(0) { $0 + $1.pages.filter { $0 == "/a" }.count }))
  }

  @Test func aValueNobodyHasIsNothing() throws {
    let test = try store(Self.hits(44))
    for term in [VisitFilter.Term(.country, "ZZ"), .init(.page, "/nowhere")] {
      let daily = try test.store.withStatistics(of: test.site, filter: VisitFilter([term])) {
        try $0.daily(in: Self.period)
      }
      #expect(daily.isEmpty)
    }
  }

  @Test func whatIsNotKeptTogetherIsRefused() {
    #expect(throws: FilterRefusal.notTogether(.country, .page)) {
      try VisitFilter([.init(.country, "DE"), .init(.page, "/")])
    }
    #expect(throws: FilterRefusal.notTogether(.entryPage, .browser)) {
      try VisitFilter([.init(.entryPage, "/"), .init(.source, "Google"), .init(.browser, "Firefox")])
    }
    #expect(throws: FilterRefusal.notTogether(.page, .city)) { try VisitFilter([.init(.page, "/"), .init(.city, "")]) }
    #expect(throws: FilterRefusal.twice(.country)) { try VisitFilter([.init(.country, "DE"), .init(.country, "FR")]) }
    for dimension in [Dimension.total, .hour, .notFound, .eventProperty] {
      #expect(throws: FilterRefusal.noFilter(dimension.name)) { try VisitFilter([.init(dimension, "x")]) }
    }
  }

  /// Days that were counted before a combination was kept have none of its cells.
  @Test func whatAnEarlierVersionDidNotKeepIsRefused() throws {
    let test = try store(Self.hits(47))
    try test.store.write { db in
      for cube in [Cube.entries, .pages] { try cube.table.delete(site: test.site, day: 20_766, db) }
    }
    let both = try VisitFilter([.init(.entryPage, "/a"), .init(.source, "Google")])
    try test.store.withStatistics(of: test.site, filter: both) { statistics throws in
      #expect(throws: FilterRefusal.notKept([.entryPage, .source], day: DayName.name(20_766))) {
        try statistics.daily(in: Self.period)
      }
      #expect(try statistics.daily(in: 20_767...20_767).count == 1)
      #expect(try statistics.lastDay(without: .pages, in: Self.period) == 20_766)
      #expect(try statistics.lastDay(without: .visits, in: Self.period) == nil)
    }
    // The next import counts an open day again.
    try test.store.write { try $0.execute(sql: "UPDATE day SET dirty = 1 WHERE day = 20766") }
    try test.store.withStatistics(of: test.site, filter: both) { statistics throws in
      #expect(throws: FilterRefusal.notCounted(day: DayName.name(20_766))) {
        try statistics.daily(in: Self.period)
      }
      #expect(try statistics.uncountedDays(in: Self.period) == 1)
    }
    try test.store.rebuildDirtyDays()
    try test.store.withStatistics(of: test.site, filter: both) { statistics throws in
      #expect(try statistics.daily(in: Self.period).count == 2)
    }
  }

  /// A page that is not among those of its day's cubes has no list by where its visitors came from.
  @Test func whatIsBeyondTheCubesIsLeftOut() throws {
    let test = try store(Self.hits(48))
    try test.store.write { db in
      try db.execute(
        sql: """
          INSERT OR IGNORE INTO dict(text) VALUES('(other)');
          UPDATE page_cube SET page = (SELECT id FROM dict WHERE text = '(other)')
            WHERE page = (SELECT id FROM dict WHERE text = '/b')
              AND day_number = (SELECT number FROM day WHERE day = 20766);
          """)
    }
    for (page, last) in [("/a", nil), ("/b", 20_766 as Int32?)] {
      try test.store.withStatistics(of: test.site, filter: VisitFilter([.init(.page, page)])) { statistics throws in
        #expect(try statistics.lastDay(without: .pages, in: Self.period) == last)
        #expect(try statistics.daily(in: Self.period).count == 2, "its rows are those of all pages")
      }
    }
  }

  /// Two counts of a day are the same if one of them lacks a cube, but not if a cell differs.
  @Test func aDayWithoutCubesIsTheSameDay() throws {
    let test = try store(Self.hits(49))
    let day = try test.store.statistics(site: test.site, day: 20_766)
    var earlier = day
    earlier.cells.removeAll { $0.cube != .visits }
    #expect(day.isSame(as: day) && day.isSame(as: earlier) && earlier.isSame(as: day))
    for cube in Cube.allCases {
      var other = day
      let cell = try #require(other.cells.firstIndex { $0.cube == cube })
      other.cells[cell].numbers[1] += 1
      #expect(!day.isSame(as: other) && !other.isSame(as: day), "\(cube)")
    }
    earlier.cells.removeAll()
    #expect(!day.isSame(as: earlier))
  }

  @Test func hoursAreRefusedUnderAFilter() throws {
    let test = try store(Self.hits(45))
    #expect(throws: FilterRefusal.hours) {
      try test.store.withStatistics(of: test.site, filter: VisitFilter([.init(.country, "DE")])) {
        try $0.hourly(in: Self.period)
      }
    }
  }

  /// Beyond the cap of a day, part of a value may be in "(other)", and the size of that part is unknown.
  @Test func aValueThatMayBeBelowTheCapIsRefused() throws {
    let test = try store(Self.hits(46))
    try test.store.write { db in
      try db.execute(
        sql: """
          INSERT OR IGNORE INTO dict(text) VALUES('(other)');
          INSERT INTO agg SELECT site, dim, 20767, (SELECT id FROM dict WHERE text = '(other)'), 1, 1, 1, 1, 1, 1
            FROM agg WHERE dim = 2 LIMIT 1;
          DELETE FROM agg WHERE dim = 2 AND day = 20767 AND value = (SELECT id FROM dict WHERE text = '/b');
          """)
    }
    func daily(_ page: String, _ days: ClosedRange<Int32>) throws -> Int {
      try test.store.withStatistics(of: test.site, filter: VisitFilter([.init(.page, page)])) {
        try $0.daily(in: days).count
      }
    }
    let refusal = FilterRefusal.belowTheCap(.page, day: DayName.name(20_767))
    #expect(throws: refusal) { try daily("/b", Self.period) }
    #expect(throws: refusal) { try daily("(other)", Self.period) }
    #expect(try daily("/a", Self.period) == 2)
    #expect(try daily("/b", 20_766...20_766) == 1)
  }
}

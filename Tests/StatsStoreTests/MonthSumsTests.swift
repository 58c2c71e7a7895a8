import GRDB
import Hits
import Rollups
import TestSupport
import Testing

@testable import StatsStore

/// Sums of months always equal those of their days, whatever is done to the days.
@Suite struct MonthSumsTests {
  /// 2026-09-01 and the following days.
  private static let days: ClosedRange<Int32> = 20_697...20_790

  /// Returns the statistics of a day: enough values in two dimensions to make months worth summing up, and a few in a
  /// third.
  private static func statistics(_ generator: inout SeededGenerator) -> DayStatistics {
    func rows(_ dimension: Dimension, _ values: Int) -> [DayStatistics.Aggregate] {
      (0..<values).filter { _ in Int.random(in: 0..<8, using: &generator) > 0 }.map { value in
        DayStatistics.Aggregate(
          dimension: Int(dimension.rawValue), number: nil, text: "/\(value)",
          counts: (0..<6).map { _ in Int64.random(in: 0...9, using: &generator) })
      }
    }
    var statistics = DayStatistics()
    statistics.aggregates = rows(.page, 50) + rows(.source, 50) + rows(.device, 3)
    statistics.aggregates.append(.init(dimension: 0, number: 0, text: nil, counts: [9, 9, 9, 9, 9, 9]))
    return statistics
  }

  private static func replace(_ day: Int32, _ test: TestStore, _ generator: inout SeededGenerator) throws {
    let key = OutcomeKey(site: test.site, day: day, outcome: .pageview)
    let replacement = DayReplacement(
      site: test.site, day: day, statistics: statistics(&generator),
      books: [FileOutcomes(name: "a.log", format: "combined", outcomes: [key: 9])], hours: [:], version: "test",
      startedAt: 0)
    _ = try test.store.replace(replacement, now: 0)
  }

  private static func filled(_ days: ClosedRange<Int32>, _ generator: inout SeededGenerator) throws -> TestStore {
    let test = try TestStore()
    for day in days { try replace(day, test, &generator) }
    try test.store.sumUpMonths()
    return test
  }

  /// Returns the lists of random periods from the database.
  private static func lists(_ test: TestStore, seed: UInt64) throws -> [String] {
    var generator = SeededGenerator(seed: seed)
    return try test.store.withStatistics(of: test.site) { statistics in
      try (0..<8).flatMap { round in
        let ends = [Int32.random(in: days, using: &generator), Int32.random(in: days, using: &generator)].sorted()
        let period = round == 0 ? days : ends[0]...ends[1]
        return try [(Dimension.page, 7), (.page, 400), (.source, 10), (.device, 5)].map { dimension, limit in
          let top = try statistics.top(dimension, in: period, limit: limit)
          return "\(period) \(dimension) \(top.values) \(top.rows)"
        }
      }
    }
  }

  /// Sums up what is due, compares the lists with those from days alone, and returns the number of rows of sums.
  @discardableResult
  private static func check(_ test: TestStore, sumsFirst: Bool = true) throws -> Int {
    if sumsFirst { try test.store.sumUpMonths() }
    let rows = try test.store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM month_agg") ?? 0 }
    let lists = try lists(test, seed: 8)
    // In a transaction that is rolled back, the same without sums.
    let sums = try test.store.write { db in try Row.fetchAll(db, sql: "SELECT * FROM month_agg") }
    try test.store.write { try $0.execute(sql: "DELETE FROM month_agg") }
    #expect(try lists == Self.lists(test, seed: 8))
    try test.store.write { db in
      for row in sums {
        try db.execute(
          sql: "INSERT INTO month_agg VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          arguments: StatementArguments(row.databaseValues))
      }
    }
    return rows
  }

  @Test func monthsThatAreOverAreSummedUp() throws {
    var generator = SeededGenerator(seed: 1)
    let test = try Self.filled(Self.days, &generator)
    // Pages and sources of September, October and November; December is incomplete, and there are few devices.
    #expect(try Self.check(test) == 3 * (50 + 50))
    let months = try test.store.read { try Row.fetchAll($0, sql: "SELECT last_day, summed FROM month ORDER BY 1") }
    #expect(months.map { [$0[0] as Int, $0[1] as Int] } == [[20_726, 1], [20_757, 1], [20_787, 1], [20_818, 0]])
  }

  @Test func whateverChangesADayForgetsItsMonth() throws {
    var generator = SeededGenerator(seed: 2)
    let test = try Self.filled(Self.days, &generator)
    for _ in 0..<4 {
      try Self.replace(Int32.random(in: Self.days, using: &generator), test, &generator)
      #expect(try Self.check(test, sumsFirst: false) <= 3 * 100)
      #expect(try Self.check(test) == 3 * 100)
    }
  }

  @Test func pruningInTheMiddleOfAMonthLeavesSumsOfTheRest() throws {
    var generator = SeededGenerator(seed: 3)
    let test = try Self.filled(Self.days, &generator)
    try test.store.prune(before: [test.site: 20_727])
    #expect(try Self.check(test, sumsFirst: false) == 2 * 100, "October and November")
    try test.store.prune(before: [test.site: 20_730])
    #expect(try Self.check(test, sumsFirst: false) == 100, "November")
    #expect(try Self.check(test) == 2 * 100)
  }

  /// A day of a month that was summed up is imported for the first time, then undone.
  @Test func openDaysKeepTheirMonthFromBeingSummedUp() throws {
    var generator = SeededGenerator(seed: 4)
    let test = try Self.filled(20_697...20_730, &generator)
    let hits = (0..<40).map { TextHit(visitor: UInt64($0), day: 20_757, page: "/\($0)") }
    for day in 20_732...20_756 { try Self.replace(Int32(day), test, &generator) }
    #expect(try Self.check(test) == 100, "October is not over")
    try test.add([hits])
    try test.store.rebuildDirtyDays()
    #expect(try Self.check(test) == 100, "its last day is open")
    try test.store.undo(try #require(try test.store.imports().last?.id))
    #expect(try Self.check(test) == 100)
    try test.add([hits])
    try test.store.rebuildDirtyDays()
    #expect(try test.store.seal(test.store.openDays()).map(\.day) == [20_757])
    #expect(try Self.check(test) == 2 * 100 + 1, "including the source of the hits")
    try test.add([hits.map { TextHit(visitor: $0.visitor, day: 20_731, page: $0.page) }])
    try test.store.rebuildDirtyDays()
    #expect(try Self.check(test) == 100, "a missing day was added")
  }

  @Test func monthsOfRenamedValuesAreSummedUpAgain() throws {
    var generator = SeededGenerator(seed: 6)
    let test = try Self.filled(20_697...20_760, &generator)
    #expect(try Self.check(test) == 2 * 100)
    // Forty pages get the names of the other ten.
    let renaming = Renaming(
      page: { _, text in "/" + text.suffix(1) }, pastPage: { $1 }, source: { $1 }, referrer: { $1 }, value: { $1 })
    #expect(try test.store.rename(by: renaming).sites.first?.sealedDays == 64)
    #expect(try Self.check(test, sumsFirst: false) == 0)
    #expect(try Self.check(test) == 2 * 50, "sources; too few pages are left")
  }

  @Test func mergedDaysAreSummedUpAsIfCountedHere() throws {
    var generator = SeededGenerator(seed: 5)
    let test = try Self.filled(20_697...20_720, &generator)
    let other = try Self.filled(20_721...20_760, &generator)
    #expect(try Self.check(test) == 0)
    _ = try test.store.merge(other.store, as: "other.db", version: "test", now: 0)
    #expect(try Self.check(test, sumsFirst: false) == 0)
    #expect(try Self.check(test) == 2 * 100)
  }
}

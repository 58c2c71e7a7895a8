import GRDB
import Hits
import Rollups
import Testing

@testable import StatsStore

/// Robots are counted by class. Like all statistics of a day, the counts depend on what was imported, never on how.
@Suite struct BotCountsTests {
  private static let day: Int32 = 20_766

  private static func add(_ bots: [BotClass: Int], to test: TestStore, day: Int32 = day) throws {
    let id = try test.store.beginImport(version: "test", site: nil, now: 0)
    var part = ImportPart(importID: id, file: nil, name: "a.log", format: "combined", now: 1_800_000_000)
    for (kind, requests) in bots { part.bots[BotKey(site: test.site, day: day, kind: kind)] = requests }
    part.lines = bots.values.reduce(0, +)
    part.outcomes[OutcomeKey(site: test.site, day: day, outcome: .botUserAgent)] = part.lines
    _ = try test.store.commit(part)
    try test.store.rebuildDirtyDays()
  }

  private static func bots(_ test: TestStore) throws -> [String] {
    try test.dump().split(separator: "\n").filter { $0.contains("\trobot_class\t") }
      .map(String.init)
  }

  @Test func classesOfAllImportsAddUp() throws {
    let test = try TestStore()
    try Self.add([.monitor: 3, .aiCrawler: 2], to: test)
    try Self.add([.monitor: 4], to: test)
    try Self.add([.scanner: 1], to: test, day: Self.day + 1)
    #expect(
      try Self.bots(test) == [
        "agg\texample.com\t2026-11-09\trobot_class\tai_crawler\t2\t0\t0\t0\t0",
        "agg\texample.com\t2026-11-09\trobot_class\tmonitor\t7\t0\t0\t0\t0",
        "agg\texample.com\t2026-11-10\trobot_class\tscanner\t1\t0\t0\t0\t0",
      ])
    try test.store.withStatistics(of: test.site) { statistics in
      let found = try statistics.top(.robotClass, in: Self.day...Self.day + 1, limit: 2)
      #expect(found.rows.map(\.value) == ["monitor", "ai_crawler"])
      #expect(found.rows.map(\.counts.pageviews) == [7, 2])
      #expect(found.values == 3)
    }
  }

  @Test func anImportThatIsUndoneTakesItsRobotsAlong() throws {
    let test = try TestStore()
    try Self.add([.monitor: 3], to: test)
    let before = try test.dump()
    try Self.add([.monitor: 4, .headless: 1], to: test)
    try test.store.undo(2)
    try test.store.rebuildDirtyDays()
    #expect(try test.dump() == before)
    try test.store.undo(1)
    #expect(try Self.bots(test) == [])
  }

  @Test func sealingKeepsTheSumsOnly() throws {
    let test = try TestStore()
    try Self.add([.monitor: 3], to: test)
    let before = try test.dump()
    #expect(try test.store.seal(test.store.openDays()).map(\.day) == [Self.day])
    #expect(try test.dump() == before)
    let rest = try test.store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM bot_run") }
    #expect(rest == 0)
  }

  @Test func aDayGoesFromOneDatabaseToAnotherWithItsRobots() throws {
    let test = try TestStore()
    try test.add([[TextHit(day: Self.day)]])
    try Self.add([.monitor: 3], to: test)
    let statistics = try test.store.statistics(site: test.site, day: Self.day)
    let other = try TestStore()
    try Self.add([.scanner: 9], to: other)
    _ = try other.store.replace(
      DayReplacement(
        site: other.site, day: Self.day, statistics: statistics, books: [], hours: [:], version: "test", startedAt: 0),
      now: 1)
    #expect(try other.dump() == test.dump())
  }
}

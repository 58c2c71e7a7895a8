import ByteScanning
import GRDB
import Hits
import Rollups
import Testing

@testable import StatsStore

/// Robots are counted by name, class and page. Like all statistics of a day, the counts depend on what was imported, never
/// on how.
@Suite struct RobotRunsTests {
  private static let day: Int32 = 20_766

  /// Adds requests of a robot of each class for one page, with ten bytes each.
  private static func add(_ robots: [BotClass: Int], to test: TestStore, day: Int32 = day) throws {
    let id = try test.store.beginImport(version: "test", site: nil, now: 0)
    var part = ImportPart(importID: id, file: nil, name: "a.log", format: "combined", now: 1_800_000_000)
    var batch = HitBatch()
    let page = batch.pages.intern("/a")
    for (kind, requests) in robots {
      let robot = batch.robots.intern("R\u{1F}O\u{1F}\(kind.name)\u{1F}claimed")
      for _ in 0..<requests {
        batch.robotRequests.append(
          RobotRequest(
            line: Int32(part.lines), site: test.site, day: day, robot: robot, page: page, thing: .page,
            answer: .missing,
            bytes: 10))
        part.lines += 1
      }
    }
    part.robots = [RobotSlice(batch: batch, requests: batch.robotRequests, feeds: [])]
    part.outcomes[OutcomeKey(site: test.site, day: day, outcome: .botUserAgent)] = part.lines
    _ = try test.store.commit(part)
    try test.store.rebuildDirtyDays()
  }

  private static func rows(_ test: TestStore, _ dimension: Dimension = .robotClass) throws -> [String] {
    try test.dump().split(separator: "\n").filter { $0.contains("\t\(dimension.name)\t") }
      .map(String.init)
  }

  @Test func requestsOfAllImportsAddUp() throws {
    let test = try TestStore()
    try Self.add([.monitor: 3, .aiCrawler: 2], to: test)
    try Self.add([.monitor: 4], to: test)
    try Self.add([.scanner: 1], to: test, day: Self.day + 1)
    #expect(
      try Self.rows(test) == [
        "agg\texample.com\t2026-11-09\trobot_class\tai_crawler\t2\t0\t0\t0\t0\t0",
        "agg\texample.com\t2026-11-09\trobot_class\tmonitor\t7\t0\t0\t0\t0\t0",
        "agg\texample.com\t2026-11-10\trobot_class\tscanner\t1\t0\t0\t0\t0\t0",
      ])
    #expect(try Self.rows(test, .robot).map { $0.hasSuffix("\t0\t0\t0\t\(70)\t0") }.filter { $0 }.count == 1)
    try test.store.withStatistics(of: test.site) { statistics in
      let found = try statistics.top(.robotClass, in: Self.day...Self.day + 1, limit: 2)
      #expect(found.rows.map(\.value) == ["monitor", "ai_crawler"])
      #expect(found.rows.map(\.counts.pageviews) == [7, 2])
      #expect(found.values == 3)
      var pages: [SiteStatistics.RobotPageRow] = []
      try statistics.forEachRobotPage(in: Self.day + 1...Self.day + 1) { pages.append($1) }
      #expect(
        pages == [.init(name: "R", kind: "scanner", page: "/a", thing: "page", answer: "missing", requests: 1)])
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
    #expect(try Self.rows(test) == [])
  }

  @Test func sealingKeepsTheSumsOnly() throws {
    let test = try TestStore()
    try Self.add([.monitor: 3], to: test)
    let before = try test.dump()
    #expect(try test.store.seal(test.store.openDays()).map(\.day) == [Self.day])
    #expect(try test.dump() == before)
    let rest = try test.store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM robot_run") }
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

  /// A database of the version before kept only the classes of robots on open days.
  @Test func olderDatabasesKeepTheirRobots() throws {
    let queue = try DatabaseQueue()
    try Schema.migrator().migrate(queue, upTo: "8 recent samples")
    try queue.write { db in
      try db.execute(
        sql: """
          INSERT INTO site(tracking_id, host, timezone, created_at, by_import) VALUES('gx', 'example.com', 'UTC', 0, 0);
          INSERT INTO day(site, day, counting, touched_at, touched_by) VALUES(1, 20766, 1, 0, 1);
          INSERT INTO calendar VALUES(20766, '2026-11-09');
          INSERT INTO bot_run VALUES(1, 20766, 1, 'monitor', 3), (1, 20766, 2, 'monitor', 4), (1, 20766, 2, 'scanner', 1);
          """)
    }
    try Schema.migrator().migrate(queue)
    try queue.write { db in
      let rebuild = DayRebuild(site: 1, day: 20_766, calendar: .utc, rules: .standard)
      var dictionary = TextDictionary()
      try rebuild.run(nil, &dictionary, db)
      let rows = try Row.fetchAll(db, sql: "SELECT class, requests FROM bots_daily ORDER BY class")
      #expect(rows.map { [$0[0] as String, String($0[1] as Int)] } == [["monitor", "7"], ["scanner", "1"]])
      let names = try String.fetchAll(db, sql: "SELECT DISTINCT robot || ' ' || identity FROM robot_requests_daily")
      #expect(names == ["(unknown) claimed"])
      #expect(try Int.fetchOne(db, sql: "SELECT dirty FROM day") == 0)
    }
  }
}

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

  /// Adds requests with ten bytes each, by robot and page, as one commit of an import for each part.
  private static func add(_ parts: [[(robot: Int, page: Int)]], to test: TestStore, day: Int32 = day) throws {
    let id = try test.store.beginImport(version: "test", site: nil, now: 0)
    var file: Int64?
    for requests in parts {
      var part = ImportPart(importID: id, file: file, name: "a.log", format: "combined", now: 1_800_000_000)
      var batch = HitBatch()
      for request in requests {
        batch.robotRequests.append(
          RobotRequest(
            line: Int32(part.lines), site: test.site, day: day + Int32(request.page % 2),
            robot: batch.robots.intern("R\(request.robot)\u{1F}O\u{1F}monitor\u{1F}claimed"),
            page: batch.pages.intern("/\(request.page)"), thing: .page, answer: request.page % 5 == 0 ? .missing : .ok,
            bytes: 10))
        let key = OutcomeKey(site: test.site, day: day + Int32(request.page % 2), outcome: .botUserAgent)
        part.outcomes[key, default: 0] += 1
        part.lines += 1
      }
      part.robots = [RobotSlice(batch: batch, requests: batch.robotRequests, feeds: [])]
      file = try test.store.commit(part).file
    }
    try test.store.rebuildDirtyDays()
  }

  private static func count(_ table: String, _ test: TestStore) throws -> Int? {
    try test.store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
  }

  /// Requests of three robots for fifty pages on each of two days, some of them repeatedly.
  private static let many = (0..<400).map { (robot: $0 % 3, page: $0 * 7 % 100) }

  @Test(arguments: [1, 20, 60, 100, 400]) func packedOrNotTheyCountTheSame(_ size: Int) throws {
    let test = try TestStore()
    let parts = stride(from: 0, to: 400, by: size).map { Array(Self.many[$0..<min($0 + size, 400)]) }
    try Self.add(parts, to: test)
    // A part has half of its requests on each day.
    #expect(try Self.count("robot_piece", test) == (size < 64 ? 0 : 2 * 400 / size))
    #expect(try (Self.count("robot_run", test) ?? 0 == 0) == (size >= 64))
    let expected = try TestStore()
    try Self.add([Self.many], to: expected)
    #expect(try test.dump() == expected.dump())
    // They can be counted again, and texts that only they use are kept.
    try test.store.write { try $0.execute(sql: "UPDATE day SET dirty = 1; DELETE FROM agg") }
    try test.store.sweep()
    try test.store.rebuildDirtyDays()
    #expect(try test.dump() == expected.dump())
  }

  @Test func packedRequestsGoWithTheirImportAndWithSealing() throws {
    let test = try TestStore()
    try Self.add([Array(Self.many[..<200])], to: test)
    let before = try test.dump()
    try Self.add([Array(Self.many[200...])], to: test)
    #expect(try Self.count("robot_piece", test) == 4)
    try test.store.undo(2)
    try test.store.rebuildDirtyDays()
    #expect(try test.dump() == before)
    #expect(try test.store.seal(test.store.openDays()).count == 2)
    #expect(try Self.count("robot_piece", test) == 0)
    #expect(try test.dump() == before)
  }

  /// A database of the version before has a row for each robot, page, thing and answer.
  @Test func rowsOfOlderDatabasesCountAsPackedOnesDo() throws {
    let test = try TestStore()
    try Self.add([Self.many], to: test)
    let expected = try test.dump()
    try test.store.write { db in
      let pieces = try Row.fetchAll(db, sql: "SELECT site, day, import, data FROM robot_piece")
      for piece in pieces {
        var reader = RobotRunReader(DataBlob.bytes(piece["data"]))
        while let entry = try reader.next() {
          try db.execute(
            sql: "INSERT INTO robot_run VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
              piece["site"] as Int64, piece["day"] as Int64, piece["import"] as Int64, entry.robot, entry.page,
              entry.thing, entry.answer, entry.sum.count, entry.sum.bytes,
            ])
        }
      }
      try db.execute(sql: "DELETE FROM robot_piece; UPDATE day SET dirty = 1")
    }
    try test.store.rebuildDirtyDays()
    #expect(try test.dump() == expected)
  }

  @Test func damagedRequestsAreAnError() throws {
    let test = try TestStore()
    try Self.add([Self.many], to: test)
    let before = try test.dump()
    try test.store.write { db in
      try db.execute(sql: "UPDATE robot_piece SET data = substr(data, 1, length(data) - 1); UPDATE day SET dirty = 1")
    }
    #expect(throws: StoreError.self) { try test.store.rebuildDirtyDays() }
    #expect(try test.dump() == before)
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
      let rebuild = DayRebuild(site: 1, day: 20_766, calendar: .utc, rules: DayRules(behaviour: .standard, funnels: []))
      var dictionary = TextDictionary()
      var statistics = DayRows()
      try rebuild.run(nil, &statistics, &dictionary, db)
      try statistics.insert(db)
      let rows = try Row.fetchAll(db, sql: "SELECT class, requests FROM bots_daily ORDER BY class")
      #expect(rows.map { [$0[0] as String, String($0[1] as Int)] } == [["monitor", "7"], ["scanner", "1"]])
      let names = try String.fetchAll(db, sql: "SELECT DISTINCT robot || ' ' || identity FROM robot_requests_daily")
      #expect(names == ["(unknown) claimed"])
      #expect(try Int.fetchOne(db, sql: "SELECT dirty FROM day") == 0)
    }
  }
}

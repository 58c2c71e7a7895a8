import GRDB
import Hits
import Rollups
import TestSupport
import Testing

@testable import StatsStore

@Suite struct RobotPagesTests {
  private let folder: TemporaryFolder
  private let store: StatsStore

  init() throws {
    folder = try TemporaryFolder()
    store = try StatsStore(path: folder.path("robots.db"), mode: .write(wait: 0))
    try store.write { db in
      try db.execute(
        sql: """
          INSERT INTO site(id, tracking_id, host, timezone, created_at, by_import)
            VALUES(1, 'gx_1', 'example.com', 'UTC', 0, 0), (2, 'gx_2', 'example.org', 'UTC', 0, 0);
          INSERT INTO calendar VALUES(20766, '2026-11-09'), (20767, '2026-11-10');
          INSERT INTO day(site, day, state, counting, touched_at, touched_by, number)
            VALUES(1, 20766, 'sealed', 2, 0, 1, 1), (2, 20766, 'sealed', 2, 0, 1, 2), (1, 20767, 'sealed', 2, 0, 1, 3);
          """)
    }
  }

  private func insert(_ pages: [String], site: UInt32, day: Int32) throws {
    try store.write { db in
      var dictionary = TextDictionary()
      let stored = try StoredTexts(db)
      let rows = try pages.map { page in
        let text = HitBatch.joined(["GPTBot", "ai_training", page, "page", "ok"])
        return try #require(
          try RobotPages.row(ofText: text, RobotRequests(count: 2, bytes: 30), &dictionary, stored))
      }
      try RobotPages.insert(rows, site: site, day: day, db)
    }
  }

  private func lines() throws -> [String] {
    try store.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM robot_pages_daily ORDER BY site, day, page").map { row in
        row.databaseValues.map(\.description).joined(separator: " ").replacing("\"", with: "")
      }
    }
  }

  /// Neighbouring days have neighbouring ids, so a day must end where the next one begins.
  @Test func eachDayHasItsOwnRows() throws {
    try insert(["/b", "/a"], site: 1, day: 20_767)
    try insert(["/a"], site: 1, day: 20_766)
    try insert(["/c"], site: 2, day: 20_766)
    let ofOthers = [
      "example.com 2026-11-10 GPTBot ai_training /a page ok 2 30",
      "example.com 2026-11-10 GPTBot ai_training /b page ok 2 30",
      "example.org 2026-11-09 GPTBot ai_training /c page ok 2 30",
    ]
    #expect(try lines() == ["example.com 2026-11-09 GPTBot ai_training /a page ok 2 30"] + ofOthers)
    try store.write { db in try RobotPages.table.delete(site: 1, day: 20_766, db) }
    #expect(try lines() == ofOthers)
    try store.prune(before: [1: 20_768])
    #expect(try lines() == [ofOthers[2]])
  }

  @Test func aDayThatIsUnknownIsAnError() throws {
    #expect(throws: StoreError.self) { try insert(["/a"], site: 2, day: 20_767) }
    #expect(try lines() == [])
  }

  @Test(
    arguments: [
      "GPTBot|ai_training|/a|page", "GPTBot|ai_training|/a|page|ok|more", "GPTBot|ai_training|/a|video|ok",
      "GPTBot|ai_training|/a|page|maybe", "",
    ])
  func whatIsNoValueIsNoRow(_ text: String) throws {
    try store.write { db in
      var dictionary = TextDictionary()
      let row = try RobotPages.row(
        ofText: text.replacing("|", with: "\u{1F}"), RobotRequests(count: 1, bytes: 0), &dictionary, StoredTexts(db))
      #expect(row == nil)
    }
  }

  /// Earlier versions had a text for each robot, page, thing and answer, and sums of months over them.
  @Test func databasesOfEarlierVersionsKeepTheirRows() throws {
    let queue = try DatabaseQueue()
    try Schema.migrator().migrate(queue, upTo: "11 packed requests of robots")
    try queue.write { db in
      try db.execute(
        sql: """
          INSERT INTO site(id, tracking_id, host, timezone, created_at, by_import)
            VALUES(1, 'gx_1', 'example.com', 'UTC', 0, 0), (2, 'gx_2', 'example.org', 'UTC', 0, 0);
          INSERT INTO calendar VALUES(20766, '2026-11-09'), (20767, '2026-11-10');
          INSERT INTO day(site, day, state, counting, touched_at, touched_by)
            VALUES(1, 20766, 'sealed', 2, 0, 1), (1, 20767, 'open', 2, 0, 1), (2, 20766, 'pruned', 2, 0, 1);
          INSERT INTO dict VALUES(1, 'GPTBot' || char(31) || 'ai_training' || char(31) || '/a' || char(31) || 'page' ||
            char(31) || 'ok'), (2, '(other)' || char(31) || 'scanner' || char(31) || '(other)' || char(31) || 'api' ||
            char(31) || 'error'), (3, '/a');
          INSERT INTO agg VALUES(1, 29, 20766, 1, 7, 0, 0, 0, 90, NULL), (1, 29, 20767, 1, 1, 0, 0, 0, 5, 0),
            (1, 29, 20767, 2, 4, 0, 0, 0, 0, 0), (1, 2, 20767, 3, 1, 1, 1, 1, 0, 0);
          INSERT INTO month_agg VALUES(1, 29, 20758, 1, 8, 0, 0, 0, 95, 0);
          """)
    }
    try Schema.migrator().migrate(queue)
    try queue.read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT * FROM robot_pages_daily ORDER BY day, requests").map { row in
        row.databaseValues.map(\.description).joined(separator: " ").replacing("\"", with: "")
      }
      #expect(
        rows == [
          "example.com 2026-11-09 GPTBot ai_training /a page ok 7 90",
          "example.com 2026-11-10 GPTBot ai_training /a page ok 1 5",
          "example.com 2026-11-10 (other) scanner (other) api error 4 0",
        ])
      #expect(try Int.fetchAll(db, sql: "SELECT dim FROM agg UNION ALL SELECT dim FROM month_agg") == [2])
      #expect(try Int.fetchAll(db, sql: "SELECT number FROM day ORDER BY day, site") == [1, 2, 3])
    }
  }
}

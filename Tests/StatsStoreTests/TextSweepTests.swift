import Foundation
import GRDB
import TestSupport
import Testing

@testable import StatsStore

/// Texts that nothing uses any more leave the file.
@Suite struct TextSweepTests {
  private static let secret = "SECRET"

  /// Fills the dictionary in many transactions, so that SQLite moves rows from page to page. Every twentieth text is
  /// secret and unused.
  private static func fill(_ test: TestStore, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<10 {
      try test.store.write { db in
        let text = try db.cachedStatement(sql: "INSERT OR IGNORE INTO dict(text) VALUES(?)")
        let use = try db.cachedStatement(sql: "INSERT OR IGNORE INTO agg VALUES(1, 2, 1, ?, 1, 1, 1, 1, 1, 1)")
        for number in 0..<2_000 {
          let tail = String(repeating: "x", count: Int.random(in: 0..<200, using: &generator))
          let isSecret = number % 20 == 0
          let start = UInt32.random(in: 0...UInt32.max, using: &generator)
          try text.execute(arguments: ["\(start)\(isSecret ? secret : "")\(tail)"])
          if !isSecret { try use.execute(arguments: [db.lastInsertedRowID]) }
        }
      }
    }
  }

  /// Returns how often a secret text is in the file and its journal.
  private static func found(_ test: TestStore) throws -> Int {
    #expect(try test.store.emptyJournal())
    return ["stats.db", "stats.db-wal"].reduce(0) { sum, name in
      guard let bytes = FileManager.default.contents(atPath: test.folder.path(name)) else { return sum }
      var (count, rest) = (0, bytes[...])
      while let range = rest.range(of: Data(secret.utf8)) {
        count += 1
        rest = rest[range.upperBound...]
      }
      return sum + count
    }
  }

  @Test func deletedTextsLeaveNoCopyIfAllOthersAreWrittenAnew() throws {
    var copies = 0
    for seed in [1, 2] as [UInt64] {
      let test = try TestStore()
      try Self.fill(test, seed: seed)
      #expect(try Self.found(test) > 1_000, "so the search is meaningful")
      func texts() throws -> [Row] {
        try test.store.read { try Row.fetchAll($0, sql: "SELECT * FROM dict ORDER BY id") }
      }
      try test.store.write { try TextSweep($0).run() }
      copies += try Self.found(test)
      let kept = try texts()
      try test.store.write { try TextSweep($0).rewrite() }
      #expect(try Self.found(test) == 0)
      #expect(try texts() == kept)
      let tables = "SELECT name FROM sqlite_schema WHERE tbl_name IN ('dict', 'kept_text') ORDER BY name"
      #expect(try test.store.read { try String.fetchAll($0, sql: tables) } == ["dict", "sqlite_autoindex_dict_1"])
    }
    #expect(copies > 0, "so writing all others anew is needed")
  }
}

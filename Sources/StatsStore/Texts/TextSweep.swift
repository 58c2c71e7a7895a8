import Foundation
import GRDB
import Hits
import Rollups

/// Deletes the texts of the dictionary that neither statistics nor hits use any more.
struct TextSweep {
  private let db: Database

  init(_ db: Database) {
    self.db = db
  }

  func run() throws {
    let used = try usedByStatistics().union(usedByHits()).union(usedByRobots())
    let delete = try db.cachedStatement(sql: "DELETE FROM dict WHERE id = ?")
    for id in try Int64.fetchAll(db, sql: "SELECT id FROM dict") where !used.contains(id) {
      try delete.execute(arguments: [id])
    }
  }

  /// Deletes the same texts, and leaves no copy of them.
  ///
  /// `secure_delete` overwrites a deleted row in its place. But when SQLite moves rows from one page to another, copies
  /// of them can stay behind in the unused part of the first one, and are never overwritten. The pages of a table that is
  /// dropped are overwritten from end to end. `TextSweepTests` shows both.
  func rewrite() throws {
    try run()
    guard let table = try String.fetchOne(db, sql: "SELECT sql FROM sqlite_schema WHERE name = 'dict'") else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
    try db.execute(
      sql: """
        CREATE TABLE kept_text AS SELECT id, text FROM dict;
        DROP TABLE dict;
        \(table);
        INSERT INTO dict SELECT id, text FROM kept_text ORDER BY id;
        DROP TABLE kept_text;
        """)
  }

  /// The texts that statistics and rows of robots' requests use.
  private func usedByStatistics() throws -> Set<Int64> {
    var used = try Int64.fetchSet(db, sql: "SELECT DISTINCT value FROM agg WHERE dim NOT IN (0, 1)")
    for cube in Cube.allCases {
      for column in cube.keys {
        used.formUnion(try Int64.fetchSet(db, sql: "SELECT DISTINCT \(column) FROM \(cube.name)"))
      }
    }
    used.formUnion(try Int64.fetchSet(db, sql: "SELECT DISTINCT value FROM past"))
    for column in ["robot", "page"] {
      for table in ["robot_run", "feed_run", "robot_page"] {
        used.formUnion(try Int64.fetchSet(db, sql: "SELECT DISTINCT \(column) FROM \(table)"))
      }
    }
    return used
  }

  private func usedByHits() throws -> Set<Int64> {
    var used: Set<UInt32> = []
    let pieces = try Data.fetchCursor(db, sql: "SELECT data FROM run")
    while let piece = try pieces.next() {
      do {
        try Self.add(RunPieceReader(DataBlob.bytes(piece)), to: &used)
      } catch is RunPieceReader.Damage {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the hits of open days are damaged")
      }
    }
    return Set(used.map(Int64.init))
  }

  /// The texts that packed requests of robots use.
  private func usedByRobots() throws -> Set<Int64> {
    var used: Set<UInt32> = []
    let pieces = try Data.fetchCursor(db, sql: "SELECT data FROM robot_piece")
    while let piece = try pieces.next() {
      var reader = RobotRunReader(DataBlob.bytes(piece))
      do {
        while let entry = try reader.next() { used.formUnion([entry.robot, entry.page]) }
      } catch {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the requests of robots on open days are damaged")
      }
    }
    return Set(used.map(Int64.init))
  }

  private static func add(_ piece: RunPieceReader, to used: inout Set<UInt32>) throws {
    var piece = piece
    while !piece.isAtEnd {
      _ = try piece.visitor()
      var hits: [TimedHit] = []
      var signals = Signals()
      guard let of = try piece.group(into: &hits, &signals) else { continue }
      used.formUnion([of.client, of.place])
      for hit in hits {
        used.formUnion([hit.page, hit.acquisition])
        if hit.kind.isEvent { used.insert(hit.event) }
      }
    }
  }
}

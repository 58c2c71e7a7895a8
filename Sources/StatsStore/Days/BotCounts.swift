import GRDB
import Hits
import Rollups

/// The site, day and class by which requests of robots are counted.
public struct BotKey: Hashable, Sendable {
  /// The site's id.
  public var site: UInt32
  /// Days since 1970-01-01.
  public var day: Int32
  /// The class of the robots.
  public var kind: BotClass

  /// Creates a key.
  public init(site: UInt32, day: Int32, kind: BotClass) {
    self.site = site
    self.day = day
    self.kind = kind
  }
}

/// The numbers of requests of robots, by class.
///
/// While a day is open, `bot_run` holds the numbers of each import. The sums of a day are recounted with its other
/// statistics, so that they never depend on the order of imports and an import can be undone.
enum BotCounts {
  static func add(_ counts: [BotKey: Int], import id: Int64, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO bot_run(site, day, import, class, requests) VALUES(?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET requests = requests + excluded.requests
        """)
    let sorted = counts.sorted {
      ($0.key.site, $0.key.day, $0.key.kind.name) < ($1.key.site, $1.key.day, $1.key.kind.name)
    }
    for (key, requests) in sorted {
      try statement.execute(arguments: [Int64(key.site), key.day, id, key.kind.name, requests])
    }
  }

  /// Sums up the numbers of all imports. The day's statistics must have been deleted before.
  static func count(
    site: UInt32, day: Int32, _ dictionary: inout TextDictionary, _ stored: StoredTexts, _ db: Database
  ) throws {
    let sql = "SELECT class, sum(requests) FROM bot_run WHERE site = ? AND day = ? GROUP BY class ORDER BY class"
    let insert = try db.cachedStatement(sql: "INSERT INTO agg VALUES(?, ?, ?, ?, ?, 0, 0, 0, 0)")
    for row in try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [Int64(site), day]) {
      let kind = try dictionary.id(of: row[0] as String, in: stored)
      try insert.execute(arguments: [Int64(site), Dimension.robotClass.rawValue, day, kind, row[1] as Int64])
    }
  }

  /// Deletes a day's numbers of one import, or of all imports.
  static func deleteRuns(site: UInt32, day: Int32, import id: Int64? = nil, _ db: Database) throws {
    try db.execute(
      sql: "DELETE FROM bot_run WHERE site = ?1 AND day = ?2 AND (?3 IS NULL OR import = ?3)",
      arguments: [Int64(site), day, id])
  }
}

import GRDB
import Hits

/// Lines of one file that ended alike, for one site and day.
public struct OutcomeKey: Hashable, Sendable {
  /// The site's id; 0 where the line belongs to none.
  public var site: UInt32
  /// Days since 1970-01-01; ``noDay`` where the line has none.
  public var day: Int32
  /// How the lines ended.
  public var outcome: Outcome

  /// The day of lines without a readable time.
  public static let noDay = Int32.min

  /// Makes a key.
  public init(site: UInt32, day: Int32, outcome: Outcome) {
    self.site = site
    self.day = day
    self.outcome = outcome
  }
}

extension StatsStore {
  /// Begins an import and returns its id.
  public func beginImport(version: String, now: Int64) throws -> Int64 {
    try write { db in
      try db.execute(
        sql: "INSERT INTO import(started_at, version) VALUES(?, ?)", arguments: [now, version])
      return db.lastInsertedRowID
    }
  }

  /// Notes that an import has done all it was asked for.
  public func finishImport(_ id: Int64, now: Int64) throws {
    try write { db in
      try db.execute(sql: "UPDATE import SET finished_at = ? WHERE id = ?", arguments: [now, id])
    }
  }

  /// Notes what was wrong with a file.
  public func noteProblem(ofFile id: Int64, _ problem: String) throws {
    try write { db in
      try db.execute(
        sql: "UPDATE import_file SET problem = ? WHERE id = ?", arguments: [problem, id])
    }
  }

  static func add(_ outcomes: [OutcomeKey: Int], file: Int64, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO outcome(file, site, day, outcome, lines) VALUES(?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET lines = lines + excluded.lines
        """)
    let sorted = outcomes.sorted {
      ($0.key.site, $0.key.day, $0.key.outcome.rawValue) < ($1.key.site, $1.key.day, $1.key.outcome.rawValue)
    }
    for (key, lines) in sorted {
      try statement.execute(arguments: [file, Int64(key.site), key.day, key.outcome.name, lines])
    }
  }
}

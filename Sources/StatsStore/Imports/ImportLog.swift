import GRDB
import Hits

/// The site, day and outcome by which the lines of a file are counted.
public struct OutcomeKey: Hashable, Sendable {
  /// The site's id; 0 if the line belongs to none.
  public var site: UInt32
  /// Days since 1970-01-01; ``noDay`` if the line has none.
  public var day: Int32
  /// The outcome of the lines.
  public var outcome: Outcome

  /// The day of lines without a readable time.
  public static let noDay = Int32.min

  /// Creates a key.
  public init(site: UInt32, day: Int32, outcome: Outcome) {
    self.site = site
    self.day = day
    self.outcome = outcome
  }
}

extension Outcome {
  /// Whether a line with this outcome is new to its day.
  public var isNewInItsDay: Bool { self != .alreadyImported && self != .late && !isExcluded }

  /// The names of the outcomes of lines that add nothing to their day, as a list in SQL.
  static let bringingNothing =
    "(" + allCases.filter { !$0.isNewInItsDay }.map { "'\($0.name)'" }.joined(separator: ", ") + ")"
}

extension StatsStore {
  /// Begins an import and returns its id.
  ///
  /// - Parameters:
  ///   - site: the id of the site of all lines; nil if the log names the sites.
  ///   - selection: a checksum of the rules that select lines; 0 if there are none.
  public func beginImport(version: String, site: UInt32?, selection: Int64 = 0, now: Int64) throws -> Int64 {
    try write { db in
      try db.execute(
        sql: "INSERT INTO import(started_at, version, site, selection) VALUES(?, ?, ?, ?)",
        arguments: [now, version, site.map { Int64($0) }, selection])
      return db.lastInsertedRowID
    }
  }

  /// Continues an import, which is then unfinished until it is finished again.
  ///
  /// - Returns: its id; nil if it no longer exists because it was undone.
  public func continueImport(_ id: Int64) throws -> Int64? {
    try write { db in
      try db.execute(sql: "UPDATE import SET finished_at = NULL WHERE id = ?", arguments: [id])
      return db.changesCount > 0 ? id : nil
    }
  }

  /// Returns the id of a file in the books of a continued import, and clears its problem; nil if the books have no
  /// such file.
  public func continueFile(named name: String, ofImport id: Int64) throws -> Int64? {
    try write { db in
      let file = try Int64.fetchOne(
        db, sql: "SELECT max(id) FROM import_file WHERE import = ? AND name = ?", arguments: [id, name])
      try db.execute(
        sql: "UPDATE import_file SET problem = NULL WHERE id = ? AND problem IS NOT NULL", arguments: [file])
      return file
    }
  }

  /// Returns whether open days have lines from imports that selected them by other rules.
  public func hasOpenLines(chosenOtherwiseThan selection: Int64) throws -> Bool {
    try read { db in
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS(
            SELECT 1 FROM import JOIN extent ON extent.import = import.id JOIN block ON block.stream = extent.stream
            WHERE selection <> ? AND hashes IS NOT NULL)
          """, arguments: [selection]) ?? false
    }
  }

  /// Records that an import is complete.
  public func finishImport(_ id: Int64, now: Int64) throws {
    try write { try Self.finishImport(id, now: now, $0) }
  }

  static func finishImport(_ id: Int64, now: Int64, _ db: Database) throws {
    try db.execute(sql: "UPDATE import SET finished_at = ? WHERE id = ?", arguments: [now, id])
  }

  /// Records the problem with a file, and the file itself if nothing of it was stored.
  ///
  /// - Parameter id: the file's id; nil if it has none yet.
  public func noteProblem(
    _ problem: String, ofFile id: Int64?, name: String, format: String, import importID: Int64
  ) throws {
    try write { db in
      if let id {
        try db.execute(sql: "UPDATE import_file SET problem = ? WHERE id = ?", arguments: [problem, id])
      } else {
        try db.execute(
          sql: "INSERT INTO import_file(import, name, format, problem) VALUES(?, ?, ?, ?)",
          arguments: [importID, name, format, problem])
      }
    }
  }

  /// Returns the books of an import's files.
  public func books(ofImport id: Int64) throws -> [FileOutcomes] {
    try read { db in
      let files = try Row.fetchAll(
        db, sql: "SELECT id, name, format FROM import_file WHERE import = ? ORDER BY id", arguments: [id])
      return try files.map { file in
        let rows = try Row.fetchAll(
          db, sql: "SELECT site, day, outcome, lines FROM outcome WHERE file = ?", arguments: [file["id"] as Int64])
        var books = FileOutcomes(name: file["name"], format: file["format"], outcomes: [:])
        for row in rows {
          guard let outcome = Outcome(name: row["outcome"]) else { continue }
          books.outcomes[OutcomeKey(site: UInt32(row["site"] as Int64), day: row["day"], outcome: outcome)] =
            row["lines"]
        }
        return books
      }
    }
  }

  /// Adds the dates of days to the calendar, from which the views for analysts take them.
  static func noteDates(_ days: Set<Int32>, _ db: Database) throws {
    let statement = try db.cachedStatement(sql: "INSERT OR IGNORE INTO calendar VALUES(?, ?)")
    for day in days where day != OutcomeKey.noDay { try statement.execute(arguments: [day, DayName.name(day)]) }
  }

  static func add(_ outcomes: [OutcomeKey: Int], file: Int64, _ db: Database) throws {
    try noteDates(Set(outcomes.keys.map(\.day)), db)
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

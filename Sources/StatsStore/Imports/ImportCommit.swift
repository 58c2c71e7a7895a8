import GRDB
import Hits
import Ledger

/// What one transaction of an import adds: some lines of a file, their outcomes and their hits.
public struct ImportPart: Sendable {
  /// The import's id.
  public var importID: Int64
  /// The file's id; nil for the first part of a file, which creates it.
  public var file: Int64?
  /// The file's name as given.
  public var name: String
  /// The format it is read in.
  public var format: String
  /// The number of lines in the part.
  public var lines = 0
  /// The outcomes of the lines; their sum is ``lines``.
  public var outcomes: [OutcomeKey: Int] = [:]
  /// The hits of lines that count.
  public var hits: [HitSlice] = []
  /// The requests of robots.
  public var robots: [RobotSlice] = []
  /// The lines that are new, in order.
  public var newLines = Ledger.Window()
  /// Their days.
  public var newDays: [Int32] = []
  /// The ids of their sites; 0 if a line has none.
  public var newSites: [UInt32] = []
  /// The number of lines new to their day, by quarter of an hour.
  public var quarters: [LineQuarter: Int] = [:]
  /// The stream that they continue; nil to start one.
  public var stream: Int64?
  /// Whether this is the last part of the import, as far as is known.
  public var isLast = false
  /// When it is committed, in Unix seconds.
  public var now: Int64

  /// Creates a part without lines.
  public init(importID: Int64, file: Int64?, name: String, format: String, now: Int64) {
    self.importID = importID
    self.file = file
    self.name = name
    self.format = format
    self.now = now
  }
}

extension StatsStore {
  /// The version of the counting rules, stored with each day.
  public static let countingVersion = 3

  /// Queries the ledger in one consistent snapshot.
  ///
  /// The answers hold until this process commits, because only the holder of the writer's lock writes.
  public func ledger<Value>(_ ask: (Ledger, any LedgerStorage) throws -> Value) throws -> Value {
    try read { db in
      let rows = DatabaseLedger(db: db)
      return try ask(Ledger(rows), rows)
    }
  }

  /// Stores a part of an import: hits, ledger and books, in a single transaction.
  ///
  /// - Returns: the ids of the file and of the stream to which the new lines were appended.
  /// - Throws: ``StoreError``; ``StoreError/booksDoNotBalance(path:lines:outcomes:)`` if an outcome is missing.
  public func commit(_ part: ImportPart) throws -> (file: Int64, stream: Int64?) {
    let sum = part.outcomes.values.reduce(0, +)
    guard sum == part.lines else {
      throw StoreError.booksDoNotBalance(path: path, lines: part.lines, outcomes: sum)
    }
    return try write { db in
      let file = try part.file ?? Self.makeFile(part, db)
      try Self.add(part.outcomes, file: file, db)
      try Self.touchDays(part, db)
      try addHours(part.quarters, import: part.importID, db)
      var runs = RunWriter()
      let stored = try StoredTexts(db)
      for slice in part.hits { try runs.add(slice, &dictionary, stored) }
      try runs.write(import: part.importID, db)
      var robots = RobotRuns()
      for slice in part.robots { try robots.add(slice, &dictionary, stored) }
      try robots.write(import: part.importID, db)
      if part.isLast { try Self.finishImport(part.importID, now: part.now, db) }
      return (file, try Self.append(part, db))
    }
  }

  /// Records files that were not read because all their lines are known, in one transaction.
  public func commit(unchanged parts: [ImportPart]) throws {
    try write { db in
      for part in parts { try Self.add(part.outcomes, file: Self.makeFile(part, db), db) }
    }
  }

  private static func makeFile(_ part: ImportPart, _ db: Database) throws -> Int64 {
    try db.execute(
      sql: "INSERT INTO import_file(import, name, format) VALUES(?, ?, ?)",
      arguments: [part.importID, part.name, part.format])
    return db.lastInsertedRowID
  }

  /// Records the days that have new lines, and marks them dirty.
  private static func touchDays(_ part: ImportPart, _ db: Database) throws {
    let keys = part.outcomes.keys.filter { $0.site != 0 && $0.outcome.isNewInItsDay }
    let days = Set(keys.map { OutcomeKey(site: $0.site, day: $0.day, outcome: .pageview) })
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO day(site, day, dirty, counting, touched_at, touched_by, number)
        VALUES(?, ?, 1, ?, ?, ?, \(DayTable.nextDay))
        ON CONFLICT DO UPDATE SET dirty = 1, counting = excluded.counting, touched_at = excluded.touched_at,
          touched_by = excluded.touched_by
        """)
    for key in days.sorted(by: { ($0.site, $0.day) < ($1.site, $1.day) }) {
      try statement.execute(arguments: [Int64(key.site), key.day, countingVersion, part.now, part.importID])
    }
  }

  private static func append(_ part: ImportPart, _ db: Database) throws -> Int64? {
    guard !part.newLines.hashes.isEmpty else { return part.stream }
    let rows = DatabaseLedger(db: db)
    let stream = try part.stream ?? rows.newStream()
    let last = try rows.lastBlock(ofStream: stream)
    let blocks = try Ledger(rows).blocks(
      appending: part.newLines, days: part.newDays, sites: part.newSites, to: stream)
    try rows.store(blocks, newFrom: last.map { $0.isComplete ? 0 : $0.hashes.count } ?? 0)
    try rows.noteExtent(ofImport: part.importID, stream: stream, lines: part.newLines.hashes.count)
    return stream
  }
}

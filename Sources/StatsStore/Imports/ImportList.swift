import GRDB
import Hits

/// An import as recorded in the database.
public struct ImportRecord: Sendable {
  /// A file of the import, as far as it was read.
  public struct File: Sendable {
    /// The name as given.
    public var name: String
    /// The format it was read in.
    public var format: String
    /// The problem with it; nil if there was none.
    public var problem: String?
    /// The outcomes of its lines.
    public var outcomes = OutcomeCounts()
    /// The days and months of another program's statistics that came from it and are still here.
    public var past: [PastExtent] = []
  }

  /// The number of the import.
  public var id: Int64
  /// When it started, in Unix seconds.
  public var startedAt: Int64
  /// When it finished, in Unix seconds; nil if it was interrupted.
  public var finishedAt: Int64?
  /// The version of the program.
  public var version: String
  /// The site of all lines; nil if the log named the sites.
  public var site: String?
  /// The day it rebuilt; nil for an import that adds lines.
  public var rebuiltDay: Int32?
  /// The database from which it added sealed days; nil for an import of logs.
  public var mergedFrom: String?

  /// The value of ``mergedFrom`` for days that a job counted on many machines.
  public static let job = "footfall merge"
  /// Its files.
  public var files: [File] = []

  /// The outcomes of all lines.
  public var outcomes: OutcomeCounts {
    files.reduce(into: OutcomeCounts()) { $0 += $1.outcomes }
  }
}

extension StatsStore {
  /// Returns all imports in order.
  public func imports() throws -> [ImportRecord] {
    try read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT import.*, host FROM import LEFT JOIN site ON site.id = import.site ORDER BY import.id")
      return try rows.map { try Self.record($0, db) }
    }
  }

  /// Returns an import; nil if there is none with that number.
  public func importRecord(_ id: Int64) throws -> ImportRecord? {
    try read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT import.*, host FROM import LEFT JOIN site ON site.id = import.site WHERE import.id = ?",
        arguments: [id])
      return try row.map { try Self.record($0, db) }
    }
  }

  /// Returns the most recently started import; nil if there is none.
  public func lastImport() throws -> ImportRecord? {
    guard let id = try read({ try Int64.fetchOne($0, sql: "SELECT max(id) FROM import") }) else { return nil }
    return try importRecord(id)
  }

  private static func record(_ row: Row, _ db: Database) throws -> ImportRecord {
    let id: Int64 = row["id"]
    var record = ImportRecord(
      id: id, startedAt: row["started_at"], finishedAt: row["finished_at"], version: row["version"],
      site: row["host"], rebuiltDay: row["rebuilt_day"], mergedFrom: row["merged_from"])
    let sql = """
      SELECT import_file.id, name, format, problem, outcome, sum(lines) AS lines
      FROM import_file LEFT JOIN outcome ON file = import_file.id
      WHERE import = ? GROUP BY import_file.id, outcome ORDER BY import_file.id
      """
    var last: Int64?
    for row in try Row.fetchAll(db, sql: sql, arguments: [id]) {
      if last != row["id"] {
        last = row["id"]
        record.files.append(.init(name: row["name"], format: row["format"], problem: row["problem"]))
      }
      guard let outcome = Outcome(name: row["outcome"] as String? ?? "") else { continue }
      record.files[record.files.count - 1].outcomes[outcome] = row["lines"]
    }
    for extent in try PastExtent.all(ofImport: id, db) {
      guard let file = record.files.firstIndex(where: { $0.name == extent.file }) else { continue }
      record.files[file].past.append(extent)
    }
    return record
  }
}

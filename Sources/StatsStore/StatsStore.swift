import Foundation
import GRDB

/// The database of statistics: one SQLite file that holds no address, no user agent and, once days are sealed, no trace of
/// single visitors.
///
/// Writers hold the lock of the database from opening to the end; readers never wait for them.
public final class StatsStore {
  /// How a database is opened.
  public enum Mode: Sendable {
    /// To be written; made where it is missing.
    case write
    /// To be read; must be there.
    case read
  }

  /// The path of the file.
  public let path: String
  let queue: DatabaseQueue
  private let lock: WriterLock?
  var dictionary = TextDictionary()

  /// Opens a database, brings its tables up to date when it is opened for writing, and takes the writer's lock.
  ///
  /// - Throws: ``StoreError``.
  public init(path: String, mode: Mode) throws {
    self.path = path
    let isThere = FileManager.default.fileExists(atPath: path)
    if mode == .read, !isThere { throw StoreError.missing(path: path) }
    lock = mode == .write ? try WriterLock(database: path) : nil
    do {
      queue = try DatabaseQueue(path: path, configuration: Self.configuration(mode))
      try Self.check(queue, path: path)
      if mode == .write { try Schema.migrator().migrate(queue) }
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  private static func configuration(_ mode: Mode) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = mode == .read
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      if mode == .write {
        // A commit that was reported is on the disk, and what was deleted is overwritten:
        // <https://www.sqlite.org/pragma.html#pragma_synchronous>, <https://www.sqlite.org/pragma.html#pragma_secure_delete>.
        try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")
      }
      try db.execute(sql: "PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY")
    }
    return configuration
  }

  /// Refuses files that are not ours or were written by a later version.
  private static func check(_ queue: DatabaseQueue, path: String) throws {
    try queue.read { db in
      let id = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
      guard id == Schema.applicationID || (id == 0 && tables == 0 && !queue.configuration.readonly) else {
        throw StoreError.notFootfall(path: path)
      }
      if try Schema.migrator().hasBeenSuperseded(db) { throw StoreError.newer(path: path) }
    }
  }

  /// Reads within one consistent snapshot.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.read(body)
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  /// Writes in one transaction that is on the disk when this returns, or leaves everything as it was.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      var value: Value?
      try queue.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          value = try body(db)
          return .commit
        }
      }
      guard let value else { throw StoreError.database(path: path, code: 21, reason: "transaction was lost") }
      return value
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  /// A remembered setting, such as the geo file last used.
  public func setting(_ name: String) throws -> String? {
    try read { db in
      try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = ?", arguments: [name])
    }
  }

  /// Remembers a setting.
  public func remember(_ name: String, _ value: String) throws {
    try write { db in
      try db.execute(sql: "INSERT OR REPLACE INTO setting VALUES(?, ?)", arguments: [name, value])
    }
  }
}

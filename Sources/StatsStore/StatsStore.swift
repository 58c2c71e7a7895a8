import Foundation
import GRDB
import Hits

/// The database: one SQLite file with the statistics. It holds no addresses, no user agents and, once days are
/// sealed, no traces of individual visitors.
///
/// Writers hold the database's lock from opening to closing, except those that share it. Each transaction holds a
/// second lock. Readers never wait for either.
public final class StatsStore {
  /// How a database is opened.
  public enum Mode: Equatable, Sendable {
    /// For writing; created if it is missing. Waits this many seconds for another writer to finish.
    case write(wait: Double)
    /// For writing in single transactions beside other writers, as the collect API does; created if it is missing.
    /// Waits this many seconds for another writer only if the tables must be created or migrated.
    case share(wait: Double)
    /// For reading; must exist.
    case read

    /// The number of seconds to wait for another writer.
    var wait: Double {
      switch self {
      case .write(let wait), .share(let wait): wait
      case .read: 10
      }
    }
  }

  /// The path of the file.
  public let path: String
  let queue: DatabaseQueue
  private let lock: WriterLock?
  private let commitLock: CommitLock?
  /// Whether only this process writes, apart from processes that add texts and hits.
  var isOnlyWriter: Bool { lock != nil }
  var dictionary = TextDictionary()
  /// The calendars of the sites for which lines were counted.
  var calendars: [Int64: LocalCalendar] = [:]

  /// Opens a database. For writing, takes the writer's lock and migrates the tables.
  ///
  /// - Throws: ``StoreError``.
  public init(path: String, mode: Mode) throws {
    self.path = path
    let isThere = FileManager.default.fileExists(atPath: path)
    if mode == .read, !isThere { throw StoreError.missing(path: path) }
    if case .share(let wait) = mode, !isThere { _ = try StatsStore(path: path, mode: .write(wait: wait)) }
    lock = try WriterLock(database: path, mode)
    commitLock = mode == .read ? nil : try CommitLock(database: path)
    do {
      queue = try DatabaseQueue(path: path, configuration: Self.configuration(mode, path: path))
      if case .write = mode {
        try Schema.migrator().migrate(queue)
      } else if try !queue.read(Schema.migrator().hasCompletedMigrations) {
        // The file is from an earlier version: its tables are migrated before they are used.
        _ = try StatsStore(path: path, mode: .write(wait: mode.wait))
      }
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  /// Opens an existing database for writing.
  ///
  /// - Throws: ``StoreError``.
  public convenience init(existing path: String, wait: Double) throws {
    guard FileManager.default.fileExists(atPath: path) else { throw StoreError.missing(path: path) }
    try self.init(path: path, mode: .write(wait: wait))
  }

  /// Opens an existing database to examine it. Nothing is migrated, and no file is written: without a journal beside it,
  /// nobody has it open, and it is read as a file that does not change (<https://www.sqlite.org/uri.html#uriimmutable>).
  ///
  /// - Throws: ``StoreError``.
  public init(examining path: String) throws {
    self.path = path
    (lock, commitLock) = (nil, nil)
    guard FileManager.default.fileExists(atPath: path) else { throw StoreError.missing(path: path) }
    let journal = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
    let url = URL(fileURLWithPath: path).absoluteString + "?immutable=1"
    do {
      queue = try DatabaseQueue(
        path: journal ?? 0 > 0 ? path : url, configuration: Self.configuration(.read, path: path))
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  /// Opens another connection to an existing database, for reading beside the writer.
  ///
  /// - Throws: ``StoreError``.
  static func reader(path: String) throws -> DatabaseQueue {
    try StatsStore(path: path, mode: .read).queue
  }

  /// Opens a database that exists only in this process's memory, for counting that must leave no trace.
  ///
  /// - Throws: ``StoreError``.
  public init(inMemoryAs name: String) throws {
    path = name
    (lock, commitLock) = (nil, nil)
    do {
      queue = try DatabaseQueue(configuration: Self.configuration(.write(wait: 0), path: name))
      try Schema.migrator().migrate(queue)
    } catch let error as DatabaseError {
      throw StoreError(error, path: name)
    }
  }

  private static func configuration(_ mode: Mode, path: String) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = mode == .read
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      // First of all, because the journal mode is written into the file.
      try check(db, mode, path: path)
      if mode != .read {
        // A reported commit is on disk, and deleted data is overwritten:
        // <https://www.sqlite.org/pragma.html#pragma_synchronous>,
        // <https://www.sqlite.org/pragma.html#pragma_secure_delete>.
        try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")
      }
      try db.execute(sql: "PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY")
    }
    return configuration
  }

  /// Refuses files that are not Footfall's or were written by a later version.
  private static func check(_ db: Database, _ mode: Mode, path: String) throws {
    let id = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    // The table of migrations is created first. After a crash it may be the only table of a Footfall database.
    let tables =
      try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'") ?? 0
    guard id == Schema.applicationID || (id == 0 && tables == 0 && mode != .read) else {
      throw StoreError.notFootfall(path: path)
    }
    if try Schema.migrator().hasBeenSuperseded(db) { throw try StoreError.newer(db, path: path) }
  }

  /// Reads within one consistent snapshot.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.read(body)
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  /// Writes in one transaction that is on disk when this returns, or leaves everything as it was.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      var value: Value?
      try exclusively {
        try queue.writeWithoutTransaction { db in
          try db.inTransaction(.immediate) {
            value = try body(db)
            return .commit
          }
        }
      }
      guard let value else { throw StoreError.database(path: path, code: 21, reason: "transaction was lost") }
      return value
    } catch {
      // Ids of texts from a transaction that is rolled back are void.
      dictionary.forget()
      if let error = error as? DatabaseError { throw StoreError(error, path: path) }
      throw error
    }
  }

  /// Prevents every other process from committing while `body` runs, so that what it reads still holds when it
  /// writes.
  public func exclusively<Value>(_ body: () throws -> Value) rethrows -> Value {
    guard let commitLock else { return try body() }
    return try commitLock.hold(body)
  }

  /// Runs `body` with the writer's lock, for a process that shares the database.
  ///
  /// - Returns: nil, without running `body`, if another process holds the lock.
  public func asOnlyWriter<Value>(_ body: () throws -> Value) throws -> Value? {
    let lock: WriterLock?
    do {
      lock = try WriterLock(database: path, .write(wait: 0))
    } catch .locked {
      return nil
    }
    return try withExtendedLifetime(lock, body)
  }

  /// Discards cached data, because another process has written to the database.
  public func forget() {
    dictionary.forget()
    calendars = [:]
  }

  /// Returns a number that changes whenever another connection commits:
  /// <https://www.sqlite.org/pragma.html#pragma_data_version>.
  public func dataVersion() throws -> Int {
    try read { try Int.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
  }

  /// Returns a stored setting, such as the geo file last used.
  public func setting(_ name: String) throws -> String? {
    try read { db in
      try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = ?", arguments: [name])
    }
  }

  /// Returns whether the database accepts the ledger key with this `keyFingerprint`: the key it was created with,
  /// or any key while no line is known by its hash.
  public func accepts(keyFingerprint: UInt64) throws -> Bool {
    let name = "ledger_key"
    let text = String(keyFingerprint, radix: 16)
    return try write { db in
      let known = try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = ?", arguments: [name])
      if known == text { return true }
      let isBound = try Bool.fetchOne(db, sql: "SELECT EXISTS(SELECT 1 FROM block WHERE hashes IS NOT NULL)")
      if known != nil, isBound == true { return false }
      try db.execute(sql: "INSERT OR REPLACE INTO setting VALUES(?, ?)", arguments: [name, text])
      return true
    }
  }

  /// Stores a setting.
  public func remember(_ name: String, _ value: String) throws {
    try write { db in
      try db.execute(sql: "INSERT OR REPLACE INTO setting VALUES(?, ?)", arguments: [name, value])
    }
  }
}

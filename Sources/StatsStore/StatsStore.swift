import Foundation
import GRDB
import Hits

/// The database of statistics: one SQLite file that holds no address, no user agent and, once days are sealed, no trace of
/// single visitors.
///
/// Writers hold the lock of the database from opening to the end, but for those that share it, and each transaction holds
/// another lock; readers never wait for them.
public final class StatsStore {
  /// How a database is opened.
  public enum Mode: Equatable, Sendable {
    /// To be written; made where it is missing. Waits so many seconds for another writer to end.
    case write(wait: Double)
    /// To be written in single transactions beside others that write, as the collect API does; made where it is missing.
    /// Waits so many seconds for another writer only where the tables have to be made or brought up to date.
    case share(wait: Double)
    /// To be read; must be there.
    case read

    /// How many seconds to wait for another writer.
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
  /// Whether nobody else writes but who adds texts and hits.
  var isOnlyWriter: Bool { lock != nil }
  var dictionary = TextDictionary()
  /// The calendars of sites that lines were counted for.
  var calendars: [Int64: LocalCalendar] = [:]

  /// Opens a database, brings its tables up to date when it is opened for writing, and takes the writer's lock.
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
        // An earlier version has made it: its tables are brought up to date before they are used.
        _ = try StatsStore(path: path, mode: .write(wait: mode.wait))
      }
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  /// Opens a database for writing that must be there.
  ///
  /// - Throws: ``StoreError``.
  public convenience init(existing path: String, wait: Double) throws {
    guard FileManager.default.fileExists(atPath: path) else { throw StoreError.missing(path: path) }
    try self.init(path: path, mode: .write(wait: wait))
  }

  /// Another connection to a database that is there, to read beside who writes.
  ///
  /// - Throws: ``StoreError``.
  static func reader(path: String) throws -> DatabaseQueue {
    try StatsStore(path: path, mode: .read).queue
  }

  /// Opens a database that lives in this process's memory only, for counting that must leave no trace.
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
      // Before anything else, since the journal mode is written into the file.
      try check(db, mode, path: path)
      if mode != .read {
        // A commit that was reported is on the disk, and what was deleted is overwritten:
        // <https://www.sqlite.org/pragma.html#pragma_synchronous>, <https://www.sqlite.org/pragma.html#pragma_secure_delete>.
        try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")
      }
      try db.execute(sql: "PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY")
    }
    return configuration
  }

  /// Refuses files that are not ours or were written by a later version.
  private static func check(_ db: Database, _ mode: Mode, path: String) throws {
    let id = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    // The list of migrations is made first, and a crash may leave it alone in a database of ours.
    let tables =
      try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'") ?? 0
    guard id == Schema.applicationID || (id == 0 && tables == 0 && mode != .read) else {
      throw StoreError.notFootfall(path: path)
    }
    if try Schema.migrator().hasBeenSuperseded(db) { throw StoreError.newer(path: path) }
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
      // Ids of texts given in a transaction that is rolled back are void.
      dictionary.forget()
      if let error = error as? DatabaseError { throw StoreError(error, path: path) }
      throw error
    }
  }

  /// Keeps every other process from committing while `body` runs: what it looks up holds until it has written.
  public func exclusively<Value>(_ body: () throws -> Value) rethrows -> Value {
    guard let commitLock else { return try body() }
    return try commitLock.hold(body)
  }

  /// Runs `body` with the writer's lock, for who shares the database.
  ///
  /// - Returns: nil, with nothing done, where another process has the lock.
  public func asOnlyWriter<Value>(_ body: () throws -> Value) throws -> Value? {
    let lock: WriterLock?
    do {
      lock = try WriterLock(database: path, .write(wait: 0))
    } catch .locked {
      return nil
    }
    return try withExtendedLifetime(lock, body)
  }

  /// Forgets what is remembered of the database, because somebody else has written to it.
  public func forget() {
    dictionary.forget()
    calendars = [:]
  }

  /// A number that changes whenever another connection commits: <https://www.sqlite.org/pragma.html#pragma_data_version>.
  public func dataVersion() throws -> Int {
    try read { try Int.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
  }

  /// A remembered setting, such as the geo file last used.
  public func setting(_ name: String) throws -> String? {
    try read { db in
      try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = ?", arguments: [name])
    }
  }

  /// Whether a database may be used with the ledger's key of which this is the fingerprint: the one it was made with, or
  /// any one while no line is known by its hash.
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

  /// Remembers a setting.
  public func remember(_ name: String, _ value: String) throws {
    try write { db in
      try db.execute(sql: "INSERT OR REPLACE INTO setting VALUES(?, ?)", arguments: [name, value])
    }
  }
}

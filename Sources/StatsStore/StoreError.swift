import CVersion
import GRDB

/// The reason why the database could not be opened, read or written. Descriptions never contain values of rows.
public enum StoreError: Error, Equatable, CustomStringConvertible {
  /// The file exists but is not a Footfall database.
  case notFootfall(path: String)
  /// The file was changed by a later version, whose number is known if it imported something last: its tables have a change
  /// that this version does not know.
  case newer(path: String, change: String, version: String?)
  /// There is no such file.
  case missing(path: String)
  /// Another process is writing.
  case locked(path: String)
  /// The site exists with another time zone.
  case otherTimeZone(host: String, timeZone: String)
  /// The machine lacks the time zone of a site.
  case noCalendar(host: String, reason: String)
  /// The host belongs to another site.
  case hostTaken(host: String)
  /// No site has that host or tracking id.
  case noSuchSite(name: String)
  /// A transaction has more or fewer outcomes than lines. Nothing of it was stored.
  case booksDoNotBalance(path: String, lines: Int, outcomes: Int)
  /// SQLite or the disk failed. The message is SQLite's, without values.
  case database(path: String, code: Int32, reason: String)

  /// The problem, its reason and the remedy, on one line.
  public var description: String {
    switch self {
    case .notFootfall(let path):
      "\(path): not a Footfall database; name another file with --db"
    case .newer(let path, let change, let version):
      "\(path): written by \(version.map { "footfall \($0)" } ?? "a later version of footfall"), whose tables (\(change)) this one, \(unsafe String(cString: footfall_version())), does not know; update footfall to use it"
    case .missing(let path):
      "\(path): no such database; check the path, or import a log first"
    case .locked(let path):
      "\(path): another import is writing to it; try again when it is done, or wait for it with --wait SECONDS"
    case .otherTimeZone(let host, let timeZone):
      "site \(host) counts its days in \(timeZone); omit --timezone: the time zone of a site with data cannot be changed"
    case .noCalendar(let host, let reason):
      "site \(host): \(reason)"
    case .hostTaken(let host):
      "\(host) already belongs to another site; see footfall sites"
    case .noSuchSite(let name):
      "no site \(name); see footfall sites"
    case .booksDoNotBalance(let path, let lines, let outcomes):
      "\(path): internal error: \(outcomes) outcomes for \(lines) lines; none of them were counted, please report this"
    case .database(let path, _, let reason):
      "\(path): \(reason)"
    }
  }

  /// Whether the cause is the disk or the file rather than the user.
  public var isInputOutput: Bool {
    guard case .database(_, let code, _) = self else { return false }
    return [ResultCode.SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_CORRUPT]
      .contains { $0.rawValue == code & 0xFF }
  }

  /// Returns the error for a database of a later version, whose tables may be others.
  static func newer(_ db: Database, path: String) throws -> StoreError {
    let known = Set(Schema.migrator().migrations)
    let changes = try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
    let version = try? String.fetchOne(db, sql: "SELECT version FROM import ORDER BY id DESC LIMIT 1")
    return .newer(path: path, change: changes.last { !known.contains($0) } ?? "", version: version)
  }

  init(_ error: DatabaseError, path: String) {
    let code = error.resultCode
    self =
      switch code {
      case .SQLITE_NOTADB: .notFootfall(path: path)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: path)
      default:
        .database(
          path: path, code: code.rawValue,
          reason: (error.message ?? "SQLite error \(code.rawValue)") + Self.advice(for: code))
      }
  }

  private static func advice(for code: ResultCode) -> String {
    switch code {
    case .SQLITE_FULL: "; free some space and run the same command again: nothing is counted twice"
    case .SQLITE_READONLY: "; make the file and its folder writable"
    case .SQLITE_CANTOPEN: "; does the folder exist, and may you write to it?"
    case .SQLITE_CORRUPT: "; the file is damaged: restore it from a backup"
    default: ""
    }
  }
}

import ByteScanning
import GRDB
public import Hits

/// What became of a part of another program's statistics.
public enum PastOutcome: Equatable, Sendable {
  /// It is new.
  case added
  /// It took the place of an earlier state of the same period.
  case replaced
  /// The same numbers are here already.
  case known
  /// A later state of the same period is here already, so it was skipped.
  case older
}

/// The reason why statistics of another program cannot be added. Nothing was changed.
public enum PastConflict: Error, Equatable, CustomStringConvertible {
  /// The series is of another site, as the origin names it.
  case otherSource(host: String, origin: PastOrigin, known: String, new: String)
  /// The period overlaps another one that came from elsewhere.
  case overlap(host: String, ClosedRange<Int32>, file: String, import: Int64?)
  /// Two files of one command have different numbers for the same period.
  case twoFiles(host: String, ClosedRange<Int32>, file: String)

  /// The problem, its reason and the remedy, on one line.
  public var description: String {
    switch self {
    case .otherSource(let host, let origin, let known, let new):
      "\(origin.title) calls this site \(new), but what \(host) has of \(origin.title) is of \(known); if it is another site, give its --site; if not, rename the file"
    case .overlap(let host, let days, let file, let number):
      "its period overlaps \(Self.text(days)) of \(host), which comes from \(file); "
        + (number.map { "undo import \($0) first (footfall undo \($0)), or leave this file out" }
          ?? "leave one of the two files out")
    case .twoFiles(let host, let days, let file):
      "\(Self.text(days)) has other numbers in \(file), and this is no later state of it; if the files are of two sites, import each with its own --site (here \(host)), otherwise leave one of them out"
    }
  }

  private static func text(_ days: ClosedRange<Int32>) -> String {
    days.count == 1
      ? DayName.name(days.lowerBound) : "\(DayName.name(days.lowerBound)) to \(DayName.name(days.upperBound))"
  }
}

/// Adds statistics of other programs within one transaction.
public struct PastWriter {
  private let db: Database
  private let stored: StoredTexts
  private let now: Int64
  private var dictionary = TextDictionary()
  private var kinds: [Kind: Int64] = [:]
  /// Whether something was removed, whose texts nothing may need any more.
  fileprivate private(set) var hasRemoved = false
  /// The number of the import.
  public let importID: Int64

  private struct Kind: Hashable {
    var step: PastStep
    var dimension: String
    var measure: String
  }

  fileprivate init(_ db: Database, version: String, now: Int64) throws {
    try db.execute(
      sql: "INSERT INTO import(started_at, finished_at, version) VALUES(?, ?, ?)", arguments: [now, now, version])
    try self.init(db, import: db.lastInsertedRowID, now: now)
  }

  /// Adds to an import that exists.
  init(_ db: Database, import id: Int64, now: Int64) throws {
    self.db = db
    self.now = now
    stored = try StoredTexts(db)
    importID = id
  }

  /// Returns the site of a host, and creates it if there is none yet; undoing the import removes it then.
  ///
  /// - Throws: ``StoreError``.
  public func site(host: String, timeZone: String?) throws -> SiteProfile {
    try StatsStore.site(host: host, timeZone: timeZone, byImport: true, now: now, db)
  }

  /// Returns the site of a host; nil if there is none.
  public func knownSite(ofHost host: String) throws -> SiteProfile? {
    try StatsStore.knownSite(ofHost: host, db)
  }

  /// Returns the first day of a site that was counted here; nil if there is none.
  public func firstOwnDay(of site: SiteProfile) throws -> Int32? {
    try StatsStore.firstOwnDay(of: site.id, db)
  }

  /// Notes a file and returns its number.
  public func addFile(_ name: String, _ origin: PastOrigin) throws -> Int64 {
    try db.execute(
      sql: "INSERT INTO import_file(import, name, format) VALUES(?, ?, ?)",
      arguments: [importID, name, origin.rawValue])
    return db.lastInsertedRowID
  }

  /// Names the site of the import, if all of it is of one site.
  public func note(site: SiteProfile) throws {
    try db.execute(sql: "UPDATE import SET site = ? WHERE id = ?", arguments: [Int64(site.id), importID])
  }

  /// Adds a part to the series of its site and origin.
  ///
  /// - Throws: ``PastConflict``.
  public mutating func add(_ part: PastPart, to site: SiteProfile, file: Int64) throws -> PastOutcome {
    let series = try series(of: part, site)
    let known = try KnownPart.all(of: series, overlapping: part.period, db)
    for other in known {
      if other.days == part.period {
        let standing = other.standing(of: part)
        if standing == .same { return .known }
        // Apart from the two files of Webalizer, a month has one file.
        if other.importID == importID, !other.isOtherHalf(of: part) {
          throw PastConflict.twoFiles(host: site.host, part.period, file: other.file)
        }
        if standing == .earlier { return .older }
      } else if other.importID == importID {
        throw PastConflict.overlap(host: site.host, other.days, file: other.file, import: nil)
      } else if !(part.period.contains(other.days.lowerBound) && part.period.contains(other.days.upperBound)) {
        throw PastConflict.overlap(host: site.host, other.days, file: other.file, import: other.importID)
      }
    }
    for other in known {
      try StatsStore.removePast(part: other.id, db)
      hasRemoved = true
    }
    try insert(part, series: series, file: file)
    return known.isEmpty ? .added : .replaced
  }

  private func series(of part: PastPart, _ site: SiteProfile) throws -> Int64 {
    if let known = try PastSeries.of(site: Int64(site.id), part.origin, db) {
      guard known.hasSource(of: part) else {
        throw PastConflict.otherSource(host: site.host, origin: part.origin, known: known.source, new: part.source)
      }
      return known.id
    }
    try db.execute(
      sql: "INSERT INTO past_series(site, origin, source) VALUES(?, ?, ?)",
      arguments: [Int64(site.id), part.origin.rawValue, part.source])
    return db.lastInsertedRowID
  }

  private mutating func insert(_ part: PastPart, series: Int64, file: Int64) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO past_part(series, first_day, last_day, first_covered, last_covered, state, size, identity, import, file)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      series, part.period.lowerBound, part.period.upperBound, part.covered.lowerBound, part.covered.upperBound,
      part.state, part.size, DataBlob.data(part.identity), importID, file,
    ])
    let id = db.lastInsertedRowID
    try StatsStore.noteDates(Set(part.rows.map(\.day)).union([part.period.lowerBound, part.period.upperBound]), db)
    dictionary.makeRoom()
    var rows: [(kind: Int64, day: Int64, value: Int64, number: Int64)] = []
    rows.reserveCapacity(part.rows.count)
    // Rows of one value follow each other.
    var last = (text: "", id: try dictionary.id(of: "", in: stored))
    for row in part.rows {
      let kind = try kind(Kind(step: row.step, dimension: row.dimension, measure: row.measure))
      if row.value != last.text { last = (row.value, try dictionary.id(of: row.value, in: stored)) }
      rows.append((kind, Int64(row.day), last.id, row.number))
    }
    // In the order of the key, so that each row's place is beside that of the row before.
    rows.sort { ($0.kind, $0.day, $0.value) < ($1.kind, $1.day, $1.value) }
    var insert = try RowInsert(into: "past", columns: 5, db)
    for row in rows {
      let numbers: [5 of Int64] = [id, row.kind, row.day, row.value, row.number]
      try insert.add(numbers)
    }
    try insert.finish()
  }

  private mutating func kind(_ kind: Kind) throws -> Int64 {
    if let id = kinds[kind] { return id }
    let arguments: StatementArguments = [kind.step.rawValue, kind.dimension, kind.measure]
    try db.execute(
      sql: "INSERT OR IGNORE INTO past_kind(step, dimension, measure) VALUES(?, ?, ?)", arguments: arguments)
    let id = try Int64.fetchOne(
      db, sql: "SELECT id FROM past_kind WHERE step = ? AND dimension = ? AND measure = ?", arguments: arguments)
    guard let id else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    kinds[kind] = id
    return id
  }
}

extension StatsStore {
  /// Adds statistics of other programs in one transaction: all that `body` adds, or nothing if it throws.
  ///
  /// - Parameters:
  ///   - version: the version of the program.
  ///   - now: the current time in Unix seconds.
  public func addPast<Value>(version: String, now: Int64, _ body: (inout PastWriter) throws -> Value) throws -> Value {
    dictionary.forget()
    return try write { db in
      var writer = try PastWriter(db, version: version, now: now)
      let value = try body(&writer)
      if writer.hasRemoved { try Self.noteUnswept(db) }
      return value
    }
  }

  /// Returns the first day of a site that was counted here; nil if there is none.
  static func firstOwnDay(of site: UInt32, _ db: Database) throws -> Int32? {
    try Int32.fetchOne(db, sql: "SELECT min(day) FROM day WHERE site = ?", arguments: [Int64(site)])
  }

  /// Removes the parts that an import brought.
  static func removePast(ofImport id: Int64, _ db: Database) throws {
    for part in try Int64.fetchAll(db, sql: "SELECT id FROM past_part WHERE import = ?", arguments: [id]) {
      try removePast(part: part, db)
    }
    try removeEmptySeries(db)
  }

  static func removePast(part: Int64, _ db: Database) throws {
    try db.cachedStatement(sql: "DELETE FROM past WHERE part = ?").execute(arguments: [part])
    try db.cachedStatement(sql: "DELETE FROM past_part WHERE id = ?").execute(arguments: [part])
  }

  static func removeEmptySeries(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM past_series WHERE id NOT IN (SELECT series FROM past_part)")
  }
}

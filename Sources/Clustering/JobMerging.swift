import ByteScanning
import Foundation
import Ledger
import Rollups
import Hits
import Importing
import SaltVault
import Sealing
import StatsStore

/// The last step of a job: merges the parts of all reducers into a database, whole days only, in one transaction.
public struct JobMerging {
  private let store: StatsStore
  private let sealing: Sealing
  private let addition: JobAddition

  /// Reads the parts and checks whether they can be merged; changes nothing.
  ///
  /// - Parameters:
  ///   - paths: the parts, each once.
  ///   - replaces: whether existing days are replaced.
  ///   - expectedFiles: how many files the job must have read; nil for any number.
  ///   - version: the version of the program.
  ///   - now: Unix seconds.
  /// - Throws: ``Refusal``, ``ImportFailure``, `StoreError`, `VaultError`.
  public init(
    _ paths: [String], into database: String, replaces: Bool, expectedFiles: Int?, wait: Double, version: String,
    now: Int64
  ) throws {
    let parts = try JobResult(paths)
    store = try StatsStore(existing: database, wait: wait)
    let vault = try SaltVault(besideDatabase: database)
    sealing = Sealing(store, vault)
    try sealing.finish()
    try store.rebuildDirtyDays()
    let sites = try store.sites()
    let books = try JobManifest(
      parts.books, sites: Dictionary(uniqueKeysWithValues: sites.map { ($0.host, $0.id) }))
    guard books.head.ledger == HexDigits.text(LineHasher(key: try vault.ledgerKey()).keyFingerprint) else {
      throw Refusal.failed("the job key was made for another database; make one with footfall job-key --db \(database)")
    }
    if let expectedFiles, expectedFiles != books.files.count {
      throw Refusal.failed("the job read \(books.files.count) of \(expectedFiles) files; give all parts of the job")
    }
    addition = try Self.addition(parts, books, sites, replaces: replaces, version: version, now: now)
    try Self.refusing { [store, addition] in try store.check(addition) }
  }

  /// What the merge does: the files, and the days with their counts before and after.
  public var effect: JobEffect { get throws { try store.effect(of: addition) } }

  /// Merges the days and seals them.
  ///
  /// - Returns: false if a reader of the database still keeps traces of replaced days in the journal.
  public func run(now: Int64) throws -> Bool {
    try Self.refusing { try store.add(addition, now: now) }
    return try sealing.finish()
  }

  private static func addition(
    _ parts: JobResult, _ books: JobManifest, _ sites: [SiteProfile], replaces: Bool, version: String, now: Int64
  ) throws -> JobAddition {
    var places: Set<JobResult.Place> = Set(parts.days.keys)
    let hosts = Dictionary(uniqueKeysWithValues: sites.map { ($0.id, $0) })
    for key in books.files.flatMap(\.outcomes.keys) where key.site != 0 && key.outcome.isNewInItsDay {
      if let site = hosts[key.site] { places.insert(.init(host: site.host, day: key.day)) }
    }
    let days = try places.map { place in
      guard let site = sites.first(where: { $0.host == place.host }) else {
        throw Refusal.failed("the database has no site \(place.host); the job key was made for another database")
      }
      guard site.calendar.start(ofDay: place.day + 1) <= now else {
        throw Refusal.failed(
          "\(DayName.name(place.day)) is not over yet for \(site.host); only whole days can be merged")
      }
      return JobDay(
        site: site.id, host: site.host, day: place.day,
        statistics: DayStatistics(parts.days[place], robots: parts.robots[place] ?? RobotRollup()),
        behaviour: (parts.rules[place].flatMap { DayRules($0) } ?? site.rules).behaviour.text)
    }
    return JobAddition(
      days: days.sorted { ($0.host, $0.day) < ($1.host, $1.day) }, files: books.files, replaces: replaces,
      version: version, startedAt: now)
  }

  private static func refusing<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let conflict as JobConflict {
      throw Refusal.failed(conflict.description)
    }
  }
}

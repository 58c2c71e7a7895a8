import Foundation
import Hits
import Rollups
import SaltVault
import Sealing
import StatsStore

/// Replaces a whole day of a site by what its archives say, and seals it.
///
/// The archives are counted as if by an import into an empty database, one that lives in memory with secrets that are
/// never written down. So overlapping copies count once, and of hits and salt nothing ever reaches the disk.
public struct RebuildRun {
  /// What replacing the day changes.
  public struct Effect: Sendable {
    /// What the day has now.
    public var old: Counts
    /// What it is to have.
    public var new: Counts { counted.total }
    /// How many events it has now, and how many it is to have.
    public var events: (old: Int64, new: Int64)
    /// Whether it is open now, so that it is sealed by this.
    public var isOpen: Bool
    /// How all lines of the archives ended.
    public var summary: ImportSummary
    /// What was counted.
    let counted: DayStatistics
  }

  private let options: ImportOptions
  private let day: Int32
  private let site: SiteProfile
  private let store: StatsStore
  private let sealing: Sealing
  private let setup: ImportSetup
  private let startedAt = Int64(Date().timeIntervalSince1970)

  /// Checks options and opens everything that is needed.
  ///
  /// - Throws: ``ImportFailure``, ``StoreError``, ``VaultError``, ``Refusal`` where the day is not over yet.
  public init(_ options: ImportOptions, site name: String, day: Int32) throws {
    self.options = options
    self.day = day
    store = try StatsStore(existing: options.database, wait: options.wait)
    sealing = Sealing(store, try SaltVault(besideDatabase: options.database))
    try sealing.finish()
    site = try store.site(named: name)
    guard site.calendar.start(ofDay: day + 1) <= startedAt else {
      throw Refusal.usage("\(DayName.name(day)) is not over yet for \(site.host); only whole days can be rebuilt")
    }
    try store.rebuildDirtyDays()
    setup = try ImportSetup(counting: day, of: site, options, store)
  }

  /// The main host of the site.
  public var host: String { site.host }

  /// Counts the archives; changes nothing.
  ///
  /// - Throws: ``ImportFailure/failed(_:)`` where a file cannot be read whole or no line of the day counts.
  public func count(
    onProblem: @escaping (String) -> Void, onProgress: @escaping (ImportProgress) -> Void
  ) throws -> Effect {
    var summary = try setup.countAll(site: site.id, now: startedAt, onProblem: onProblem, onProgress: onProgress)
    guard !summary.isIncomplete else {
      throw ImportFailure.failed(
        "\(DayName.name(day)) was not replaced, because some of its logs could not be read whole; mend or leave them out"
      )
    }
    summary.daysRebuilt = try setup.store.rebuildDirtyDays()
    let counted = try setup.store.statistics(site: site.id, day: day)
    guard counted.total.pageviews > 0 || counted.events > 0 else {
      throw ImportFailure.failed(
        "no page view and no event of \(DayName.name(day)) for \(site.host) in these files; the day was not replaced")
    }
    let old = try store.statistics(site: site.id, day: day)
    return Effect(
      old: old.total, events: (old.events, counted.events), isOpen: !site.sealedDays.contains(day),
      summary: summary, counted: counted)
  }

  /// Replaces the day by what was counted.
  ///
  /// - Returns: false where a reader keeps traces of the old day in the journal for now.
  public func replace(by effect: Effect) throws -> Bool {
    let replacement = DayReplacement(
      site: site.id, day: day, statistics: effect.counted,
      books: try setup.store.books(ofImport: effect.summary.id),
      hours: try setup.store.linesByHour(site: site.id, day: day), version: options.version, startedAt: startedAt)
    _ = try store.replace(replacement, now: Int64(Date().timeIntervalSince1970))
    return try sealing.finish()
  }
}

import Foundation
import Hits
import Rollups
import SaltVault
import Sealing
import StatsStore

/// Replaces a whole day of a site with what its archives contain, and seals it.
///
/// The archives are counted as if imported into an empty database. That database lives in memory, and its secrets
/// are never written down. So overlapping copies count once, and no hit or salt ever reaches the disk.
public struct RebuildRun {
  /// What replacing the day would change.
  public struct Effect: Sendable {
    /// The counts of the day now.
    public var old: Counts
    /// The counts of the day after the replacement.
    public var new: Counts { counted.total }
    /// The number of events now, and after the replacement.
    public var events: (old: Int64, new: Int64)
    /// Whether the day is open now; replacing it seals it.
    public var isOpen: Bool
    /// The outcomes of all lines of the archives.
    public var summary: ImportSummary
    /// The statistics that were counted.
    let counted: DayStatistics
  }

  private let options: ImportOptions
  private let day: Int32
  private let site: SiteProfile
  private let store: StatsStore
  private let sealing: Sealing
  private let setup: ImportSetup
  private let startedAt = Int64(Date().timeIntervalSince1970)

  /// Checks the options and opens everything the run needs.
  ///
  /// - Throws: ``ImportFailure``, ``StoreError``, ``VaultError``; ``Refusal`` if the day is not over yet.
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
  /// - Throws: ``ImportFailure/failed(_:)`` if a file cannot be read completely, or no line of the day counts.
  public func count(
    onProblem: @escaping (String) -> Void, onProgress: @escaping (ImportProgress) -> Void
  ) throws -> Effect {
    var summary = try setup.countAll(site: site.id, now: startedAt, onProblem: onProblem, onProgress: onProgress)
    guard !summary.isIncomplete else {
      throw ImportFailure.failed(
        "\(DayName.name(day)) was not replaced, because some of its logs could not be read completely; repair or omit them"
      )
    }
    summary.daysRebuilt = try setup.store.rebuildDirtyDays()
    let counted = try setup.store.statistics(site: site.id, day: day)
    guard counted.total.pageviews > 0 || counted.events > 0 else {
      throw ImportFailure.failed(
        "these files have no page view or event of \(DayName.name(day)) for \(site.host); the day was not replaced")
    }
    let old = try store.statistics(site: site.id, day: day)
    return Effect(
      old: old.total, events: (old.events, counted.events), isOpen: !site.sealedDays.contains(day),
      summary: summary, counted: counted)
  }

  /// Replaces the day with what was counted.
  ///
  /// - Returns: false if a reader of the database still keeps traces of the old day in the journal.
  public func replace(by effect: Effect) throws -> Bool {
    let replacement = DayReplacement(
      site: site.id, day: day, statistics: effect.counted,
      books: try setup.store.books(ofImport: effect.summary.id),
      hours: try setup.store.linesByHour(site: site.id, day: day), version: options.version, startedAt: startedAt)
    _ = try store.replace(replacement, now: Int64(Date().timeIntervalSince1970))
    return try sealing.finish()
  }
}

public import Hits
import StatsStore

/// The site and days to export.
public struct ExportOptions: Sendable {
  /// A host name or the tracking id of a site; nil for all.
  public var site: String?
  /// The days; by default, all with data.
  public var days: AskedDays
  /// Unix seconds, which decide what day is today.
  public var now: Int64

  /// Creates options.
  public init(site: String?, days: AskedDays, now: Int64) {
    self.site = site
    self.days = days
    self.now = now
  }
}

/// Exports the statistics of a database.
public struct Exporting {
  private let store: StatsStore
  private let site: SiteProfile?
  /// The days to export; nil if there is nothing to export.
  public let days: ClosedRange<Int32>?
  /// The number of these days that are open.
  public let openDays: Int

  /// Opens a database for reading and determines what there is to export.
  ///
  /// - Parameter needsOneSite: whether the export is for exactly one site.
  /// - Throws: `StoreError`; ``ExportFailure`` if a site must be named, or some days are not fully counted.
  public init(database: String, _ options: ExportOptions, needsOneSite: Bool) throws {
    let store = try StatsStore(path: database, mode: .read)
    let sites = try store.sites()
    let named = try options.site.map { try store.site(named: $0) }
    let site = named ?? (needsOneSite && sites.count == 1 ? sites[0] : nil)
    if needsOneSite, site == nil {
      throw ExportFailure(reason: "there are \(sites.count) sites; choose one with --site HOST")
    }
    let ranges = try (site.map { [$0] } ?? sites).compactMap { site in
      try store.withStatistics(of: site.id) { try $0.daysOfAll() }
    }
    // Plausible's files cannot tell whose numbers they hold.
    let past =
      needsOneSite
      ? []
      : try store.pastExtents().filter { site == nil || $0.host == site?.host }
        .map(\.periods)
    let days = Self.period(ranges + past, try Self.bounds(options, site.map { [$0] } ?? sites))
    let unsettled = try days.map { try store.unsettledDays(site: site?.id, in: $0) } ?? (open: 0, uncounted: 0)
    (self.store, self.site, self.days, openDays) = (store, site, days, unsettled.open)
    if unsettled.uncounted > 0 {
      throw ExportFailure(
        reason:
          "\(unsettled.uncounted) of the days are not fully counted, because an import was interrupted or an earlier version counted them; import again, "
          + "then export")
    }
  }

  /// Returns the bounds of the requested days, which all sites must have in common.
  private static func bounds(
    _ options: ExportOptions, _ sites: [SiteProfile]
  ) throws -> (since: Int32?, until: Int32?) {
    let today = Set(sites.map { $0.calendar.day(at: options.now) })
    let all = today.map { options.days.bounds(today: $0) }
    guard let first = all.first else { return options.days.bounds(today: 0) }
    guard all.allSatisfy({ $0 == first }) else {
      throw ExportFailure(reason: "it is not the same day for all sites; choose one with --site HOST, or give dates")
    }
    return first
  }

  /// Returns the requested days, limited to those from the first to the last one with data.
  private static func period(_ ranges: [ClosedRange<Int32>], _ asked: (since: Int32?, until: Int32?)) -> ClosedRange<
    Int32
  >? {
    guard let first = ranges.map(\.lowerBound).min(), let last = ranges.map(\.upperBound).max() else { return nil }
    let since = max(first, asked.since ?? first)
    let until = min(last, asked.until ?? last)
    return since <= until ? since...until : nil
  }

  /// Calls a closure with a reader for the tables of the days to export; returns nil without a call if there are none.
  public func withTables<Value>(_ body: (TableReader) throws -> Value) throws -> Value? {
    try days.map { try store.withTables(site: site?.host, days: $0, body) }
  }
}

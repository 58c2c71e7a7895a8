import Hits
import StatsStore

/// The state of a database: its sites, its open days, its last import.
public struct Status: Sendable {
  /// What keeps a day open.
  public enum Reason: String, Sendable {
    /// The day is not over in the site's time zone.
    case notOver = "not_over"
    /// Lines of the day were imported recently, and more may follow.
    case touched
    /// The day is ready to be sealed; the next import of the site seals it.
    case awaitsImport = "awaits_import"
  }

  /// An open day.
  public struct Day: Sendable {
    /// The day.
    public var day: OpenDay
    /// What is stored for it on disk.
    public var holdings: DayHoldings
    /// What keeps it open.
    public var reason: Reason
    /// The time from which an import seals it, in Unix seconds.
    public var sealsAt: Int64
  }

  /// The days of each site.
  public var sites: [SiteDays]
  /// The open days, by site and day.
  public var openDays: [Day]
  /// How far statistics of other programs reach.
  public var past: [PastExtent]
  /// The most recently started import; nil if there is none.
  public var lastImport: ImportRecord?

  /// The number of days that must be recounted because a command was interrupted.
  public var dirtyDays: Int { openDays.count { $0.day.isDirty } }

  /// Reads the state of a database.
  ///
  /// - Parameters:
  ///   - delay: the number of seconds a day must be over and untouched before it is sealed.
  ///   - now: the current time in Unix seconds.
  /// - Throws: ``StoreError``.
  public init(_ store: StatsStore, sealDelay delay: Int64, now: Int64) throws {
    sites = try store.siteDays()
    past = try store.pastExtents()
    lastImport = try store.lastImport()
    openDays = try store.openDays().map { day in
      let sealsAt = day.settlesAt(after: delay)
      return Day(
        day: day, holdings: try store.holdings(site: day.site, day: day.day),
        reason: day.overAt > now ? .notOver : sealsAt > now ? .touched : .awaitsImport, sealsAt: sealsAt)
    }
  }
}

import Hits
import StatsStore

/// How a database stands: its sites, its open days, its last import.
public struct Status: Sendable {
  /// What keeps a day open.
  public enum Reason: String, Sendable {
    /// It is not over in the site's zone.
    case notOver = "not_over"
    /// Lines of it came lately, and more may follow.
    case touched
    /// It may be sealed; the next import of the site does it.
    case awaitsImport = "awaits_import"
  }

  /// An open day.
  public struct Day: Sendable {
    /// The day.
    public var day: OpenDay
    /// What it holds on disk.
    public var holdings: DayHoldings
    /// What keeps it open.
    public var reason: Reason
    /// From when on an import seals it, in Unix seconds.
    public var sealsAt: Int64
  }

  /// The days of each site.
  public var sites: [SiteDays]
  /// The open days, by site and day.
  public var openDays: [Day]
  /// The import last begun; nil where there is none.
  public var lastImport: ImportRecord?

  /// How many days wait for being counted anew, because a command was interrupted.
  public var dirtyDays: Int { openDays.count { $0.day.isDirty } }

  /// Looks at a database.
  ///
  /// - Parameters:
  ///   - delay: how long after it is over and untouched a day is sealed, in seconds.
  ///   - now: Unix seconds.
  /// - Throws: ``StoreError``.
  public init(_ store: StatsStore, sealDelay delay: Int64, now: Int64) throws {
    sites = try store.siteDays()
    lastImport = try store.lastImport()
    openDays = try store.openDays().map { day in
      let sealsAt = day.settlesAt(after: delay)
      return Day(
        day: day, holdings: try store.holdings(site: day.site, day: day.day),
        reason: day.overAt > now ? .notOver : sealsAt > now ? .touched : .awaitsImport, sealsAt: sealsAt)
    }
  }
}

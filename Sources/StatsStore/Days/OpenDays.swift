import GRDB
import Hits

/// A day of a site into which lines can still be counted.
public struct OpenDay: Sendable {
  /// The site's id.
  public var site: UInt32
  /// The site's main host.
  public var host: String
  /// Days since 1970-01-01 of the site's local date.
  public var day: Int32
  /// When the day is over in the site's zone, in Unix seconds.
  public var overAt: Int64
  /// When an import last brought lines of it, in Unix seconds.
  public var touchedAt: Int64
  /// When the import ended that last touched it, or a later one that could have brought lines of it, in Unix seconds; nil
  /// where none has ended.
  public var importedAt: Int64?
  /// Whether its statistics wait for being counted anew.
  public var isDirty: Bool

  /// From when on it may be sealed, if no import touches it again: a delay after it is over and untouched, in Unix seconds.
  public func settlesAt(after delay: Int64) -> Int64 {
    max(overAt, touchedAt) + delay
  }

  /// Whether an import ended when it could be sealed and had been left alone so long.
  ///
  /// The clock alone does not decide: after an outage the lines that waited must be counted first, not turned away.
  public func isSettled(after delay: Int64) -> Bool {
    importedAt.map { $0 >= settlesAt(after: delay) } ?? false
  }
}

extension StatsStore {
  /// All open days by site and day.
  public func openDays() throws -> [OpenDay] {
    let profiles = try sites()
    return try read { db in
      let sql = """
        SELECT site, day, touched_at, dirty, (
          SELECT max(finished_at) FROM import
          WHERE id >= touched_by AND rebuilt_day IS NULL AND merged_from IS NULL
            AND (import.site IS NULL OR import.site = day.site)) AS imported_at
        FROM day WHERE state = 'open' ORDER BY site, day
        """
      return try Row.fetchAll(db, sql: sql).compactMap { row in
        let site: Int64 = row["site"]
        guard let profile = profiles.first(where: { $0.id == UInt32(site) }) else { return nil }
        let day: Int32 = row["day"]
        return OpenDay(
          site: profile.id, host: profile.host, day: day, overAt: profile.calendar.start(ofDay: day + 1),
          touchedAt: row["touched_at"], importedAt: row["imported_at"], isDirty: row["dirty"])
      }
    }
  }
}

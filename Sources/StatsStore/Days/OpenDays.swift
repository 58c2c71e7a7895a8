import GRDB
import Hits

/// A day of a site that still accepts lines.
public struct OpenDay: Sendable {
  /// The site's id.
  public var site: UInt32
  /// The site's main host.
  public var host: String
  /// Days since 1970-01-01 of the site's local date.
  public var day: Int32
  /// When the day is over in the site's time zone, in Unix seconds.
  public var overAt: Int64
  /// When an import last added lines to it, in Unix seconds.
  public var touchedAt: Int64
  /// When the import that last touched it finished, or a later one that could have added lines to it, in Unix
  /// seconds; nil if none has finished.
  public var importedAt: Int64?
  /// Whether its statistics must be recounted.
  public var isDirty: Bool

  /// Returns when it may be sealed if no import touches it again: `delay` seconds after it is over and untouched,
  /// in Unix seconds.
  public func settlesAt(after delay: Int64) -> Int64 {
    max(overAt, touchedAt) + delay
  }

  /// Returns whether an import finished after the day had been over and untouched for `delay` seconds.
  ///
  /// The clock alone does not decide: after an outage, lines that waited must be counted first, not rejected as
  /// late.
  public func isSettled(after delay: Int64) -> Bool {
    importedAt.map { $0 >= settlesAt(after: delay) } ?? false
  }
}

extension StatsStore {
  /// Returns all open days by site and day.
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

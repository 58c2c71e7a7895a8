import GRDB
import Hits
import TimeZones

extension StatsStore {
  /// Whether all tables are those of this version. Otherwise the next command brings them up to date.
  public func isCurrent() throws -> Bool {
    try read { try Schema.migrator().hasCompletedMigrations($0) }
  }

  /// Returns what SQLite finds damaged, in its words, which contain no values; empty if the file is sound.
  ///
  /// - Parameter isThorough: whether indices and references between tables are compared, too, which takes several times
  ///   as long.
  public func damage(isThorough: Bool) throws -> [String] {
    try read { db in
      let check = isThorough ? "integrity_check" : "quick_check"
      var damage = try String.fetchAll(db, sql: "PRAGMA \(check)").filter { $0 != "ok" }
      if isThorough {
        let tables = try String.fetchAll(db, sql: "SELECT DISTINCT \"table\" FROM pragma_foreign_key_check")
        damage += tables.map { "rows of \($0) refer to rows that do not exist" }
      }
      return damage
    }
  }

  /// Returns the days whose outcomes do not add up to the lines counted in their hours, by site. Days that were
  /// rebuilt or merged from a job are not asked: the books of what was replaced stay.
  public func unbalancedDays() throws -> [(host: String, day: Int32)] {
    let others = [Outcome.alreadyImported, .late, .excluded, .outOfRange].map { "'\($0.name)'" }
    let sql = """
      WITH hours AS (SELECT site, day, sum(lines) AS lines FROM hour_lines GROUP BY site, day),
        books AS (
          SELECT outcome.site, day, sum(lines) AS lines,
            max(rebuilt_day IS NOT NULL OR merged_from IS NOT NULL) AS is_replaced
          FROM outcome JOIN import_file ON import_file.id = file JOIN import ON import.id = import
          WHERE outcome NOT IN (\(others.joined(separator: ", "))) GROUP BY outcome.site, day)
      SELECT host, day.day FROM day JOIN site ON site.id = day.site
        LEFT JOIN hours ON hours.site = day.site AND hours.day = day.day
        LEFT JOIN books ON books.site = day.site AND books.day = day.day
      WHERE state <> 'pruned' AND coalesce(is_replaced, 0) = 0
        AND coalesce(hours.lines, 0) <> coalesce(books.lines, 0)
      ORDER BY host, day.day
      """
    return try read { db in try Row.fetchAll(db, sql: sql).map { ($0[0], $0[1]) } }
  }

  /// Returns the beginning of the last hour that has a line, in Unix seconds; nil if no line was counted.
  public func newestHour() throws -> Int64? {
    let profiles = try sites()
    return try read { db in
      let sql = "SELECT site, max(day * 24 + hour) AS hour FROM hour_lines GROUP BY site"
      return try Row.fetchAll(db, sql: sql).compactMap { row -> Int64? in
        let (site, hour): (Int64, Int32) = (row["site"], row["hour"])
        guard let profile = profiles.first(where: { Int64($0.id) == site }) else { return nil }
        return profile.calendar.start(ofDay: hour / 24) + Int64(hour % 24) * 3_600
      }.max()
    }
  }

  /// Returns the IANA names of the sites' time zones that this machine has no data for, with a host for each.
  public func unknownZones() throws -> [(zone: String, host: String)] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT timezone, min(host) FROM site GROUP BY timezone ORDER BY timezone")
        .map { ($0[0], $0[1]) }.filter { (try? ZoneCalendar.calendar(named: $0.0)) == nil }
    }
  }

  /// Returns when the last imports started, in Unix seconds, the last one first.
  public func lastStarts(_ count: Int) throws -> [Int64] {
    try read { db in
      try Int64.fetchAll(
        db, sql: "SELECT started_at FROM import WHERE merged_from IS NULL ORDER BY id DESC LIMIT ?", arguments: [count])
    }
  }

  /// Whether a command is writing to the database.
  public var isBeingWritten: Bool { WriterLock.isHeld(database: path) }
}

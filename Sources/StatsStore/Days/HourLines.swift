import GRDB
import Hits

/// A quarter of an hour of a site's day. Local hours begin at quarters in every time zone.
public struct LineQuarter: Hashable, Sendable {
  /// The site's id.
  public var site: UInt32
  /// Days since 1970-01-01 of the site's local date.
  public var day: Int32
  /// Quarters of an hour since 1970-01-01 00:00 UTC.
  public var quarter: UInt32

  /// Creates the quarter that contains a time in Unix seconds.
  public init(site: UInt32, day: Int32, time: UInt32) {
    self.site = site
    self.day = day
    quarter = time / 900
  }
}

extension StatsStore {
  /// Adds lines to the hours of their site's clock.
  func addHours(_ quarters: [LineQuarter: Int], import id: Int64, _ db: Database) throws {
    let add = try db.cachedStatement(
      sql: """
        INSERT INTO hour_lines(site, day, hour, import, lines) VALUES(?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET lines = lines + excluded.lines
        """)
    for (key, lines) in quarters {
      let calendar = try calendar(ofSite: Int64(key.site), db)
      let second = Int64(key.quarter) * 900 - calendar.start(ofDay: key.day)
      try add.execute(arguments: [
        Int64(key.site), key.day, calendar.hour(day: key.day, second: Int32(clamping: second)), id, lines,
      ])
    }
  }

  private func calendar(ofSite site: Int64, _ db: Database) throws -> LocalCalendar {
    if let known = calendars[site] { return known }
    let name = try String.fetchOne(db, sql: "SELECT timezone FROM site WHERE id = ?", arguments: [site])
    let calendar = name.flatMap(ZoneCalendar.calendar) ?? .utc
    calendars[site] = calendar
    return calendar
  }

  /// Returns the number of lines in each hour of a day, on the site's clock; hours without lines are omitted.
  public func linesByHour(site: UInt32, day: Int32) throws -> [Int: Int] {
    try read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT hour, sum(lines) FROM hour_lines WHERE site = ? AND day = ? GROUP BY hour",
        arguments: [Int64(site), day])
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }
  }

  /// Replaces the lines of a day's hours with those of one import.
  static func replaceHours(
    _ hours: [Int: Int], site: UInt32, day: Int32, import id: Int64, _ db: Database
  ) throws {
    try db.execute(sql: "DELETE FROM hour_lines WHERE site = ? AND day = ?", arguments: [Int64(site), day])
    for (hour, lines) in hours {
      try db.execute(
        sql: "INSERT INTO hour_lines VALUES(?, ?, ?, ?, ?)", arguments: [Int64(site), day, hour, id, lines])
    }
  }
}

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

/// An hour on a site's clock, in the order of the table's key.
private struct LocalHour: Hashable, Comparable {
  var site: UInt32
  var day: Int32
  var hour: Int

  static func < (left: Self, right: Self) -> Bool {
    (left.site, left.day, left.hour) < (right.site, right.day, right.hour)
  }
}

extension StatsStore {
  /// Adds lines to the hours of their site's clock.
  func addHours(_ quarters: [LineQuarter: Int], import id: Int64, _ db: Database) throws {
    guard !quarters.isEmpty else { return }
    var hours: [LocalHour: Int] = [:]
    for (key, lines) in quarters {
      let calendar = try calendar(ofSite: Int64(key.site), db)
      let second = Int64(key.quarter) * 900 - calendar.start(ofDay: key.day)
      let hour = calendar.hour(day: key.day, second: Int32(clamping: second))
      hours[LocalHour(site: key.site, day: key.day, hour: hour), default: 0] += lines
    }
    var insert = try RowInsert(
      into: "hour_lines", columns: 5, onConflict: "UPDATE SET lines = lines + excluded.lines", db)
    for (key, lines) in hours.sorted(by: { $0.key < $1.key }) {
      try insert.add([Int64(key.site), Int64(key.day), Int64(key.hour), id, Int64(lines)])
    }
    try insert.finish()
  }

  private func calendar(ofSite site: Int64, _ db: Database) throws -> LocalCalendar {
    if let known = calendars[site] { return known }
    let row = try Row.fetchOne(db, sql: "SELECT timezone, host FROM site WHERE id = ?", arguments: [site])
    let calendar = try row.map { try Self.calendar(named: $0["timezone"], ofSite: $0["host"]) } ?? .utc
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

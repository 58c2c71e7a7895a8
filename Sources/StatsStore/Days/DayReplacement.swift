import GRDB
import Hits

/// The outcomes of the lines of a file, by site and day.
public struct FileOutcomes: Sendable {
  /// The name as given.
  public var name: String
  /// The format it was read in.
  public var format: String
  /// The number of lines of each outcome.
  public var outcomes: [OutcomeKey: Int]
}

/// The new contents of a day.
public struct DayReplacement: Sendable {
  /// The site's id.
  public var site: UInt32
  /// Days since 1970-01-01.
  public var day: Int32
  /// Its statistics.
  public var statistics: DayStatistics
  /// The files they were counted from, and the outcomes of their lines.
  public var books: [FileOutcomes]
  /// The number of lines in each hour.
  public var hours: [Int: Int]
  /// The version of the program.
  public var version: String
  /// When counting began, in Unix seconds.
  public var startedAt: Int64

  /// Bundles the values.
  public init(
    site: UInt32, day: Int32, statistics: DayStatistics, books: [FileOutcomes], hours: [Int: Int], version: String,
    startedAt: Int64
  ) {
    self.site = site
    self.day = day
    self.statistics = statistics
    self.books = books
    self.hours = hours
    self.version = version
    self.startedAt = startedAt
  }
}

extension StatsStore {
  /// Copies a site of another database into this one, under the same id.
  public func adopt(_ site: SiteProfile) throws {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO site(id, tracking_id, host, timezone, created_at, by_import, behaviour) VALUES(?, ?, ?, ?, 0, 0, ?)
          """, arguments: [Int64(site.id), site.trackingID, site.host, site.timeZone, site.behaviour.text])
      try Self.insert(site.funnels, ofSite: Int64(site.id), db)
      for host in site.hosts {
        try db.execute(sql: "INSERT INTO site_host VALUES(?, ?)", arguments: [host, Int64(site.id)])
      }
    }
  }

  /// Replaces a whole day and seals it, in one transaction: statistics, books and the entry in the list of imports.
  ///
  /// - Returns: the number of the entry.
  public func replace(_ replacement: DayReplacement, now: Int64) throws -> Int64 {
    dictionary.forget()
    var dictionary = TextDictionary()
    return try write { db in
      let (site, day) = (replacement.site, replacement.day)
      try Self.seal(replacement.statistics, site: site, day: day, behaviour: nil, &dictionary, now: now, db)
      let id = try Self.note(replacement, now: now, db)
      try Self.replaceHours(replacement.hours, site: site, day: day, import: id, db)
      return id
    }
  }

  /// Replaces everything that a day has with these statistics, and seals it.
  ///
  /// - Parameter behaviour: the rules by which robots were detected by their behaviour; nil for the site's own.
  static func seal(
    _ statistics: DayStatistics, site: UInt32, day: Int32, behaviour: String?, _ dictionary: inout TextDictionary,
    now: Int64, _ db: Database
  ) throws {
    try deleteStatistics(site: site, day: day, db)
    try db.execute(
      sql: """
        INSERT INTO day(site, day, state, dirty, counting, touched_at, touched_by, behaviour, people_load, number)
        VALUES(?1, ?2, 'sealed', 0, ?3, ?4, 0, coalesce(?5, (SELECT behaviour FROM site WHERE id = ?1)), ?6,
          \(DayTable.nextDay))
        ON CONFLICT DO UPDATE SET state = 'sealed', dirty = 0, counting = excluded.counting,
          touched_at = excluded.touched_at, behaviour = excluded.behaviour, people_load = excluded.people_load
        """, arguments: [Int64(site), day, countingVersion, now, behaviour, statistics.peopleLoad])
    try insert(statistics, site: site, day: day, &dictionary, db)
    try noteDates([day], db)
    try deleteTraces(site: site, day: day, db)
  }

  private static func note(_ replacement: DayReplacement, now: Int64, _ db: Database) throws -> Int64 {
    try db.execute(
      sql: "INSERT INTO import(started_at, finished_at, version, site, rebuilt_day) VALUES(?, ?, ?, ?, ?)",
      arguments: [replacement.startedAt, now, replacement.version, Int64(replacement.site), replacement.day])
    let id = db.lastInsertedRowID
    for file in replacement.books {
      try db.execute(
        sql: "INSERT INTO import_file(import, name, format) VALUES(?, ?, ?)", arguments: [id, file.name, file.format])
      try add(file.outcomes, file: db.lastInsertedRowID, db)
    }
    return id
  }
}

extension StatsStore {
  /// The query for the lines of a site's days by outcome. Its arguments are the site and the first and last day.
  /// For a rebuilt day, the lines of the rebuild replace those of earlier imports.
  static let linesByOutcome = """
    WITH rebuilt AS (
      SELECT rebuilt_day, max(id) AS import FROM import WHERE site = ?1 AND rebuilt_day BETWEEN ?2 AND ?3
      GROUP BY rebuilt_day)
    SELECT outcome, sum(lines)
    FROM outcome JOIN import_file ON import_file.id = outcome.file LEFT JOIN rebuilt ON rebuilt_day = outcome.day
    WHERE outcome.site = ?1 AND outcome.day BETWEEN ?2 AND ?3 AND import_file.import >= coalesce(rebuilt.import, 0)
    GROUP BY outcome
    """
}

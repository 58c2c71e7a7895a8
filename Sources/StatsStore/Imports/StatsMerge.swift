import GRDB
import Hits

/// What merging another database adds.
public struct MergeEffect: Sendable {
  /// A site that receives days.
  public struct Site: Sendable {
    /// The main host.
    public var host: String
    /// Whether this database already has it.
    public var isKnown: Bool
    /// The days it receives, in order.
    public var days: [Int32]
    /// The number of days that are already here with the same statistics.
    public var sameDays: Int
    /// The number of days still open in the other database, which are not merged.
    public var openDays: Int
    /// The number of months, days or files of other programs' statistics that it receives.
    public var pastParts: Int
    /// The site's id in the other database.
    let otherID: Int64

    var bringsSomething: Bool { !days.isEmpty || pastParts > 0 }
  }

  /// The sites, by host.
  public var sites: [Site]
}

/// The reason why two databases cannot be merged. Nothing was changed.
public enum MergeConflict: Error, Equatable, CustomStringConvertible {
  /// Days of the other database were counted by other rules.
  case otherRules(version: Int)
  /// The site has another time zone here, so its days begin at other times.
  case otherTimeZone(host: String, here: String, there: String)
  /// The host, or the tracking id, belongs to another site here.
  case hostTaken(host: String, by: String)
  /// Both databases have days of the site with different statistics.
  case otherStatistics(host: String, days: [Int32])
  /// Both databases have other numbers of another program for the same period.
  case otherPast(host: String, origin: PastOrigin, day: Int32, import: Int64)
  /// Another program knows the site by two names.
  case otherPastSource(host: String, origin: PastOrigin, here: String, there: String)

  /// The problem, its reason and the remedy, on one line.
  public var description: String {
    switch self {
    case .otherRules(let version):
      "its days were counted by version \(version) of the counting rules, but this is version \(StatsStore.countingVersion); rebuild them first"
    case .otherTimeZone(let host, let here, let there):
      "\(host) has the time zone \(there) there and \(here) here; days of different time zones cannot be merged"
    case .otherPast(let host, let origin, let day, let number):
      "\(host): what \(origin.title) counted from \(DayName.name(day)) on is different here and there, and neither is a later state of the other; undo import \(number) here (footfall undo \(number)), or the import that brought it there"
    case .otherPastSource(let host, let origin, let here, let there):
      "\(host): \(origin.title) calls this site \(here) here and \(there) there, so the two may be different sites; undo the wrong one of the two imports (footfall imports, footfall undo)"
    case .hostTaken(let host, let owner):
      "\(host) belongs to \(owner) here and to another site there; see footfall sites"
    case .otherStatistics(let host, let days):
      "\(host): \(DayName.name(days[0])) has different statistics here and there\(days.count == 1 ? "" : " (the first of \(days.count) such days)"); the visitors of a day cannot be distinguished once they are summed up, so rebuild it here from all of its logs (footfall rebuild)"
    }
  }
}

extension StatsStore {
  /// Returns what merging the sealed days of another database would add.
  ///
  /// - Throws: ``MergeConflict`` if they cannot be merged.
  public func effectOfMerging(_ other: StatsStore) throws -> MergeEffect {
    try other.read { source in
      try read { db in try MergePlan(source, db).effect() }
    }
  }

  /// Merges the sealed days of another database in one transaction: statistics, books and hours.
  ///
  /// - Parameters:
  ///   - name: the name of the other database in the list of imports.
  ///   - version: the version of the program.
  ///   - now: the current time in Unix seconds.
  /// - Throws: ``MergeConflict`` if they can no longer be merged.
  public func merge(_ other: StatsStore, as name: String, version: String, now: Int64) throws -> MergeEffect {
    dictionary.forget()
    return try other.read { source in
      try write { db in
        let effect = try MergePlan(source, db).effect()
        guard effect.sites.contains(where: \.bringsSomething) else { return effect }
        var merge = try StatsMerge(source, db, name: name, version: version, now: now)
        for site in effect.sites where site.bringsSomething { try merge.bring(site) }
        return effect
      }
    }
  }
}

/// Checks whether two databases can be merged, and determines what the merge adds.
private struct MergePlan {
  let source: Database
  let db: Database

  init(_ source: Database, _ db: Database) {
    self.source = source
    self.db = db
  }

  func effect() throws -> MergeEffect {
    let other = try Int.fetchOne(
      source, sql: "SELECT counting FROM day WHERE state = 'sealed' AND counting <> ? LIMIT 1",
      arguments: [StatsStore.countingVersion])
    if let other { throw MergeConflict.otherRules(version: other) }
    let sites = try Row.fetchAll(source, sql: "SELECT * FROM site ORDER BY host").map(site)
    return MergeEffect(sites: sites.filter { $0.bringsSomething || $0.sameDays > 0 || $0.openDays > 0 })
  }

  private func site(_ row: Row) throws -> MergeEffect.Site {
    let id: Int64 = row["id"]
    let host: String = row["host"]
    let days = try Int32.fetchAll(
      source, sql: "SELECT day FROM day WHERE site = ? AND state = 'sealed' ORDER BY day", arguments: [id])
    let open = try Int.fetchOne(
      source, sql: "SELECT count(*) FROM day WHERE site = ? AND state = 'open'", arguments: [id])
    let here = try Row.fetchOne(db, sql: "SELECT id, timezone FROM site WHERE host = ?", arguments: [host])
    let past = try PastMerge(source).missing(id, here?["id"], host: host, db)
    if !days.isEmpty || past > 0 { try check(row, against: here) }
    let same = try here.map { try sameDays(id, $0["id"], host: host, days) } ?? []
    return MergeEffect.Site(
      host: host, isKnown: here != nil, days: days.filter { !same.contains($0) }, sameDays: same.count,
      openDays: open ?? 0, pastParts: past, otherID: id)
  }

  /// Refuses a site whose hosts, tracking id or time zone conflict with this database.
  private func check(_ row: Row, against here: Row?) throws {
    let host: String = row["host"]
    let hosts = try String.fetchAll(
      source, sql: "SELECT host FROM site_host WHERE site = ?", arguments: [row["id"] as Int64])
    for name in hosts {
      let owner = try String.fetchOne(
        db, sql: "SELECT site.host FROM site JOIN site_host ON site = id WHERE site_host.host = ?", arguments: [name])
      if let owner, owner != host { throw MergeConflict.hostTaken(host: name, by: owner) }
    }
    let tracked = try String.fetchOne(
      db, sql: "SELECT host FROM site WHERE tracking_id = ?", arguments: [row["tracking_id"] as String])
    if let tracked, tracked != host { throw MergeConflict.hostTaken(host: host, by: tracked) }
    if let here, here["timezone"] as String != row["timezone"] as String {
      throw MergeConflict.otherTimeZone(host: host, here: here["timezone"], there: row["timezone"])
    }
  }

  /// Returns the days that both databases have with the same statistics.
  private func sameDays(_ there: Int64, _ here: Int64, host: String, _ days: [Int32]) throws -> Set<Int32> {
    let own = try Int32.fetchSet(db, sql: "SELECT day FROM day WHERE site = ?", arguments: [here])
    let both = days.filter(own.contains)
    let other = try both.filter { day in
      let theirs = try StatsStore.statistics(site: UInt32(there), day: day, source)
      return !(try StatsStore.statistics(site: UInt32(here), day: day, db).isSame(as: theirs))
    }
    if !other.isEmpty { throw MergeConflict.otherStatistics(host: host, days: other) }
    return Set(both)
  }
}

/// Copies days from one database to another.
private struct StatsMerge {
  private let source: Database
  private let db: Database
  private let now: Int64
  private let importID: Int64
  private let file: Int64
  private var dictionary = TextDictionary()

  init(_ source: Database, _ db: Database, name: String, version: String, now: Int64) throws {
    self.source = source
    self.db = db
    self.now = now
    try db.execute(
      sql: "INSERT INTO import(started_at, finished_at, version, merged_from) VALUES(?, ?, ?, ?)",
      arguments: [now, now, version, name])
    importID = db.lastInsertedRowID
    try db.execute(
      sql: "INSERT INTO import_file(import, name, format) VALUES(?, ?, 'footfall')", arguments: [importID, name])
    file = db.lastInsertedRowID
  }

  mutating func bring(_ site: MergeEffect.Site) throws {
    let id = UInt32(try own(site))
    for day in site.days {
      let statistics = try StatsStore.statistics(site: UInt32(site.otherID), day: day, source)
      let behaviour = try String.fetchOne(
        source, sql: "SELECT behaviour FROM day WHERE site = ? AND day = ?", arguments: [site.otherID, day])
      try db.execute(
        sql: """
          INSERT INTO day(site, day, state, counting, touched_at, touched_by, behaviour, people_load, number)
          VALUES(?, ?, 'sealed', ?, ?, 0, ?, ?, \(DayTable.nextDay))
          """, arguments: [Int64(id), day, StatsStore.countingVersion, now, behaviour, statistics.peopleLoad])
      try StatsStore.insert(statistics, site: id, day: day, &dictionary, db)
      try bringBooks(of: site, day, to: id)
    }
    guard site.pastParts > 0, let profile = try StatsStore.knownSite(ofHost: site.host, db) else { return }
    var writer = try PastWriter(db, import: importID, now: now)
    try PastMerge(source).bring(site.otherID, to: profile, file: file, &writer, db)
  }

  /// Returns the site's id here. Creates a new site with its goals and funnels, and adds the hosts that are missing.
  private func own(_ site: MergeEffect.Site) throws -> Int64 {
    if !site.isKnown {
      let row = try Row.fetchOne(source, sql: "SELECT * FROM site WHERE id = ?", arguments: [site.otherID])
      try db.execute(
        sql: "INSERT INTO site(tracking_id, host, timezone, created_at, by_import, behaviour) VALUES(?, ?, ?, ?, 0, ?)",
        arguments: [
          row?["tracking_id"] as String?, site.host, row?["timezone"] as String?, now, row?["behaviour"] as String?,
        ])
    }
    let id = try Int64.fetchOne(db, sql: "SELECT id FROM site WHERE host = ?", arguments: [site.host]) ?? 0
    if !site.isKnown {
      try StatsStore.insert(try StatsStore.goals(ofSite: site.otherID, source), ofSite: id, db)
      try StatsStore.insert(try StatsStore.funnels(ofSite: site.otherID, source), ofSite: id, db)
    }
    for host in try String.fetchAll(source, sql: "SELECT host FROM site_host WHERE site = ?", arguments: [site.otherID])
    {
      try db.execute(sql: "INSERT OR IGNORE INTO site_host VALUES(?, ?)", arguments: [host, id])
    }
    return id
  }

  private func bringBooks(of site: MergeEffect.Site, _ day: Int32, to id: UInt32) throws {
    var outcomes: [OutcomeKey: Int] = [:]
    for row in try Row.fetchAll(source, sql: StatsStore.linesByOutcome, arguments: [site.otherID, day, day]) {
      guard let outcome = Outcome(name: row[0]) else { continue }
      outcomes[OutcomeKey(site: id, day: day, outcome: outcome)] = row[1]
    }
    try StatsStore.add(outcomes, file: file, db)
    try StatsStore.noteDates([day], db)
    let hours = "SELECT hour, sum(lines) FROM hour_lines WHERE site = ? AND day = ? GROUP BY hour"
    let found = try Row.fetchAll(source, sql: hours, arguments: [site.otherID, day]).map {
      ($0[0] as Int, $0[1] as Int)
    }
    try StatsStore.replaceHours(
      Dictionary(uniqueKeysWithValues: found), site: id, day: day, import: importID, db)
  }
}

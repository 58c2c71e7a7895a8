import Foundation
import GRDB
import Hits
import TimeZones

extension StatsStore {
  /// Returns all sites, ordered by host, with their sealed days.
  public func sites() throws -> [SiteProfile] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT \(Self.profileColumns) FROM site ORDER BY host")
        .map { try Self.profile($0, db) }
    }
  }

  /// Returns the site of a host, in any case and with or without `www.`, or of a tracking id.
  ///
  /// - Throws: ``StoreError/noSuchSite(name:)``.
  public func site(named name: String) throws -> SiteProfile {
    let host = name.lowercased()
    let site = try read { db in
      var row = try Self.row(ofHost: host, orTrackingID: name, db)
      if row == nil, host.hasPrefix("www.") {
        row = try Self.row(ofHost: String(host.dropFirst(4)), orTrackingID: "", db)
      }
      return try row.map { try Self.profile($0, db) }
    }
    guard let site else { throw StoreError.noSuchSite(name: name) }
    return site
  }

  /// Returns the site of a host, and creates it if there is none yet.
  ///
  /// - Parameters:
  ///   - host: the canonical host name.
  ///   - timeZone: the IANA name of the site's time zone; nil for the zone it has, or UTC for a new site.
  ///   - byImport: whether a new site is created only for an import; undoing the import then removes it.
  ///   - now: the current time in Unix seconds.
  /// - Throws: ``StoreError/otherTimeZone(host:timeZone:)`` if the site has another time zone.
  public func site(host: String, timeZone: String?, byImport: Bool, now: Int64) throws -> SiteProfile {
    try write { db in try Self.site(host: host, timeZone: timeZone, byImport: byImport, now: now, db) }
  }

  /// Returns the site of a host within a transaction, and creates it if there is none yet.
  static func site(
    host: String, timeZone: String?, byImport: Bool, now: Int64, _ db: Database
  ) throws -> SiteProfile {
    if let known = try row(ofHost: host, orTrackingID: host, db) {
      let profile = try profile(known, db)
      if let timeZone, timeZone != profile.timeZone {
        throw StoreError.otherTimeZone(host: profile.host, timeZone: profile.timeZone)
      }
      if !byImport {
        try db.execute(
          sql: "UPDATE site SET by_import = 0 WHERE id = ? AND by_import = 1", arguments: [Int64(profile.id)])
      }
      return profile
    }
    try db.execute(
      sql: "INSERT INTO site(tracking_id, host, timezone, created_at, by_import) VALUES(?, ?, ?, ?, ?)",
      arguments: [newTrackingID(), host, timeZone ?? "UTC", now, byImport])
    try db.execute(sql: "INSERT INTO site_host VALUES(?, ?)", arguments: [host, db.lastInsertedRowID])
    guard let row = try row(ofHost: host, orTrackingID: host, db) else {
      throw StoreError.noSuchSite(name: host)
    }
    return try profile(row, db)
  }

  /// Returns the site of a host, within a transaction; nil if there is none.
  static func knownSite(ofHost host: String, _ db: Database) throws -> SiteProfile? {
    try row(ofHost: host, orTrackingID: host, db).map { try profile($0, db) }
  }

  private static func row(ofHost host: String, orTrackingID trackingID: String, _ db: Database) throws -> Row? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT \(profileColumns) FROM site
        WHERE id = (SELECT site FROM site_host WHERE host = ?) OR tracking_id = ?
        """, arguments: [host, trackingID])
  }

  private static let profileColumns = "id, tracking_id, host, timezone, behaviour, api, monthly_cap"

  private static func profile(_ row: Row, _ db: Database) throws -> SiteProfile {
    let id: Int64 = row["id"]
    let timeZone: String = row["timezone"]
    let hosts = try String.fetchAll(
      db, sql: "SELECT host FROM site_host WHERE site = ? ORDER BY host", arguments: [id])
    let sources = try Row.fetchAll(
      db, sql: "SELECT kind, pattern FROM site_source WHERE site = ? ORDER BY kind, pattern", arguments: [id])
    func patterns(_ kind: String) -> [String] { sources.filter { $0["kind"] == kind }.map { $0["pattern"] } }
    let sealed = try Int32.fetchAll(
      db, sql: "SELECT day FROM day WHERE site = ? AND state <> 'open'", arguments: [id])
    var plan = SitePlan()
    plan.hasAPI = row["api"]
    plan.monthlyCap = row["monthly_cap"]
    return SiteProfile(
      id: UInt32(id), trackingID: row["tracking_id"], host: row["host"], hosts: hosts,
      files: patterns("file"), paths: patterns("path"), timeZone: timeZone,
      calendar: try Self.calendar(named: timeZone, ofSite: row["host"]),
      behaviour: BehaviourRules(row["behaviour"] as String) ?? .standard, plan: plan,
      goals: try Self.goals(ofSite: id, db), funnels: try Self.funnels(ofSite: id, db), sealedDays: Set(sealed))
  }

  /// Returns the calendar of a stored site.
  ///
  /// - Throws: ``StoreError/noCalendar(host:reason:)``: to count its days in another zone would be wrong in silence.
  static func calendar(named name: String, ofSite host: String) throws -> LocalCalendar {
    do { return try ZoneCalendar.calendar(named: name) } catch {
      // Debian 13 and later keep names such as US/Pacific apart.
      let legacy = if case .unknown = error { "; old names are in the package tzdata-legacy" } else { "" }
      throw StoreError.noCalendar(host: host, reason: error.description + legacy)
    }
  }

  /// Returns a new tracking id as the collect API uses them: `gx_` and twelve letters or digits that cannot be
  /// mistaken for each other.
  private static func newTrackingID() -> String {
    let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    var generator = SystemRandomNumberGenerator()
    return "gx_" + String((0..<12).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
  }
}

extension StatsStore {
  /// Sets the rules by which a site detects robots by their behaviour, and marks its open days dirty so that they
  /// are recounted.
  public func setBehaviour(_ rules: BehaviourRules, of site: SiteProfile) throws {
    guard rules != site.behaviour else { return }
    try write { db in
      try db.execute(
        sql: "UPDATE site SET behaviour = ? WHERE id = ?", arguments: [rules.text, Int64(site.id)])
      try db.execute(
        sql: "UPDATE day SET dirty = 1 WHERE site = ? AND state = 'open'", arguments: [Int64(site.id)])
    }
  }
}

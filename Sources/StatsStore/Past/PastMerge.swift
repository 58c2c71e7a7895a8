import GRDB
import Hits

/// Brings statistics of other programs from another database.
struct PastMerge {
  private let source: Database

  init(_ source: Database) { self.source = source }

  private struct Part {
    var id: Int64
    var part: PastPart
  }

  /// Returns how many parts of a site the other database has that are not here, or only in an earlier state.
  ///
  /// - Parameters:
  ///   - there: the site's id in the other database.
  ///   - here: its id here; nil if it is new.
  /// - Throws: ``MergeConflict``.
  func missing(_ there: Int64, _ here: Int64?, host: String, _ db: Database) throws -> Int {
    try parts(of: there).count { try isWanted($0.part, here, host: host, db) }
  }

  /// Adds the parts of a site that are not here.
  func bring(_ there: Int64, to site: SiteProfile, file: Int64, _ writer: inout PastWriter, _ db: Database) throws {
    for var part in try parts(of: there) where try isWanted(part.part, Int64(site.id), host: site.host, db) {
      part.part.rows = try rows(of: part.id)
      _ = try writer.add(part.part, to: site, file: file)
    }
  }

  private func isWanted(_ part: PastPart, _ here: Int64?, host: String, _ db: Database) throws -> Bool {
    guard let here, let series = try PastSeries.of(site: here, part.origin, db) else { return true }
    guard series.hasSource(of: part) else {
      throw MergeConflict.otherPastSource(
        host: host, origin: part.origin, here: series.source, there: part.source)
    }
    let own = try KnownPart.all(of: series.id, overlapping: part.period, db)
    guard let first = own.first else { return true }
    if own.count == 1, first.days == part.period {
      switch first.standing(of: part) {
      case .same, .earlier: return false
      case .later: return true
      case .other: break
      }
    }
    throw MergeConflict.otherPast(
      host: host, origin: part.origin, day: part.period.lowerBound, import: first.importID)
  }

  private func parts(of site: Int64) throws -> [Part] {
    let sql = """
      SELECT past_part.*, origin, source FROM past_part JOIN past_series ON past_series.id = series
      WHERE site = ? ORDER BY origin, first_day
      """
    return try Row.fetchAll(source, sql: sql, arguments: [site]).compactMap { row in
      guard let origin = PastOrigin(rawValue: row["origin"]) else { return nil }
      return Part(
        id: row["id"],
        part: PastPart(
          origin: origin, source: row["source"], period: row["first_day"]...row["last_day"],
          covered: row["first_covered"]...row["last_covered"], state: row["state"], size: row["size"],
          identity: DataBlob.bytes(row["identity"]), rows: []))
    }
  }

  private func rows(of part: Int64) throws -> [PastRow] {
    let sql = """
      SELECT step, day, dimension, text, measure, number FROM past JOIN past_kind ON past_kind.id = kind
        JOIN dict ON dict.id = past.value WHERE part = ?
      """
    return try Row.fetchAll(source, sql: sql, arguments: [part]).compactMap { row in
      PastStep(rawValue: row["step"]).map {
        PastRow($0, row["day"], row["dimension"], row["text"], row["measure"], row["number"])
      }
    }
  }
}

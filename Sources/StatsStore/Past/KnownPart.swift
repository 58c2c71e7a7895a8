import GRDB
import Hits

/// A part of another program's statistics that is stored already.
struct KnownPart {
  /// How a part that comes stands to the stored one, if both are of the same period.
  enum Standing {
    /// It has the same numbers, or fewer of the same file.
    case same
    /// It is an earlier state.
    case earlier
    /// It is a later state, or has more of the same file.
    case later
    /// It has other numbers, and nothing tells which are right.
    case other
  }

  var id: Int64
  var days: ClosedRange<Int32>
  var file: String
  var importID: Int64
  private var covered: ClosedRange<Int32>
  private var state: Int64
  private var size: Int64
  private var identity: [UInt8]

  /// Returns the parts of a series that overlap some days, in order.
  static func all(of series: Int64, overlapping days: ClosedRange<Int32>, _ db: Database) throws -> [KnownPart] {
    let sql = """
      SELECT past_part.*, name FROM past_part LEFT JOIN import_file ON import_file.id = file
      WHERE series = ? AND first_day <= ? AND last_day >= ? ORDER BY first_day
      """
    return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [series, days.upperBound, days.lowerBound]).map {
      KnownPart(
        id: $0["id"], days: $0["first_day"]...$0["last_day"], file: $0["name"] ?? "", importID: $0["import"],
        covered: $0["first_covered"]...$0["last_covered"], state: $0["state"], size: $0["size"],
        identity: DataBlob.bytes($0["identity"]))
    }
  }

  /// Returns how a part of the same period stands to this one.
  func standing(of part: PastPart) -> Standing {
    if identity == part.identity { return .same }
    guard state == part.state else {
      // The state of a month has what its line of the history has, and days and lists as well.
      if state > part.state, part.origin.hasHistoryAndState, size == part.size { return .same }
      return state > part.state ? .earlier : .later
    }
    guard size == part.size, covered.lowerBound == part.covered.lowerBound else { return .other }
    let (end, partsEnd) = (covered.upperBound, part.covered.upperBound)
    return partsEnd == end ? .other : partsEnd < end ? .same : .later
  }

  /// Whether both are of one month as Webalizer's two files have it.
  func isOtherHalf(of part: PastPart) -> Bool { part.origin.hasHistoryAndState && size == part.size }
}

/// The series of a site and a program.
struct PastSeries {
  var id: Int64
  /// By what name the program knows the site; empty if no file said so.
  var source: String

  /// Returns the series; nil if there is none.
  static func of(site: Int64, _ origin: PastOrigin, _ db: Database) throws -> PastSeries? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT id, source FROM past_series WHERE site = ? AND origin = ?"),
      arguments: [site, origin.rawValue]
    ).map { PastSeries(id: $0["id"], source: $0["source"]) }
  }

  /// Whether a part is of the same site, as far as the program's names tell. Case does not matter, as in hosts.
  func hasSource(of part: PastPart) -> Bool {
    source.isEmpty || part.source.isEmpty || source.lowercased() == part.source.lowercased()
  }
}

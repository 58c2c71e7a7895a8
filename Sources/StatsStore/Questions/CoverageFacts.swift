import GRDB
import Hits

/// What was imported for one day of a site.
public struct DayCoverage: Equatable, Sendable {
  /// The state of a day.
  public enum State: String, Sendable {
    /// It still accepts lines.
    case open
    /// It is final.
    case sealed
    /// Its statistics are deleted.
    case pruned
  }

  /// Whether it is open, sealed or pruned; nil if no line of it was counted.
  public var state: State?
  /// The number of lines in each hour that has any, on the site's clock; each line is counted once.
  public var lines: [Int: Int] = [:]
  /// The number of known lines that were read again.
  public var known = 0
  /// The number of lines that came after the day was sealed.
  public var late = 0

  /// Creates a day without data.
  public init() {}
}

/// A file that was not whole, or not fully readable, when it was last read.
public struct FileCoverage: Equatable, Sendable {
  /// The number of the import.
  public var importID: Int64
  /// The name as given.
  public var name: String
  /// The format it was read in.
  public var format: String
  /// The problem with it; nil if there was none.
  public var problem: String?
  /// The number of lines that were read.
  public var lines: Int
  /// The number of malformed lines among them.
  public var rejected: Int
}

extension StatsStore {
  /// Returns what was imported for each day of a site; days without data are omitted.
  public func coverage(of site: UInt32) throws -> [Int32: DayCoverage] {
    try read { db in
      var days: [Int32: DayCoverage] = [:]
      let arguments: StatementArguments = [Int64(site)]
      for row in try Row.fetchAll(db, sql: "SELECT day, state FROM day WHERE site = ?", arguments: arguments) {
        days[row[0], default: DayCoverage()].state = DayCoverage.State(rawValue: row[1])
      }
      let hours = "SELECT day, hour, sum(lines) FROM hour_lines WHERE site = ? GROUP BY day, hour"
      for row in try Row.fetchAll(db, sql: hours, arguments: arguments) {
        days[row[0], default: DayCoverage()].lines[row[1]] = row[2]
      }
      let outcomes = """
        SELECT day, sum(CASE outcome WHEN 'late' THEN 0 ELSE lines END), sum(CASE outcome WHEN 'late' THEN lines ELSE 0 END)
        FROM outcome WHERE site = ? AND outcome IN ('\(Outcome.alreadyImported.name)', '\(Outcome.late.name)') GROUP BY day
        """
      for row in try Row.fetchAll(db, sql: outcomes, arguments: arguments) {
        days[row[0], default: DayCoverage()].known = row[1]
        days[row[0], default: DayCoverage()].late = row[2]
      }
      return days
    }
  }

  /// Returns the files that were not whole when they were last read, and the files with malformed lines when they
  /// last added new ones, by name.
  public func unfinishedFiles() throws -> [FileCoverage] {
    try read { db in
      let damaged = try Self.files(
        db, where: "problem IS NOT NULL", among: "SELECT max(id) FROM import_file GROUP BY name")
      let rejecting = try Self.files(
        db, where: "rejected > 0",
        among: """
          SELECT max(import_file.id) FROM import_file JOIN outcome ON file = import_file.id
          WHERE outcome <> '\(Outcome.alreadyImported.name)' GROUP BY name
          """)
      return damaged.merging(rejecting) { damaged, rejecting in
        var file = rejecting
        file.problem = damaged.problem
        return file
      }.values.sorted { $0.name < $1.name }
    }
  }

  private static func files(
    _ db: Database, where condition: String, among ids: String
  ) throws -> [String: FileCoverage] {
    let rejects = Outcome.allCases.filter(\.isReject).map { "'\($0.name)'" }.joined(separator: ", ")
    let sql = """
      SELECT import, name, format, problem, coalesce(sum(lines), 0) AS lines,
        coalesce(sum(CASE WHEN outcome IN (\(rejects)) THEN lines END), 0) AS rejected
      FROM import_file LEFT JOIN outcome ON file = import_file.id
      WHERE import_file.id IN (\(ids)) GROUP BY import_file.id HAVING \(condition)
      """
    return Dictionary(
      uniqueKeysWithValues: try Row.fetchAll(db, sql: sql).map { row in
        let file = FileCoverage(
          importID: row["import"], name: row["name"], format: row["format"], problem: row["problem"],
          lines: row["lines"], rejected: row["rejected"])
        return (file.name, file)
      })
  }

  /// Returns the unfinished imports that no finished import follows: interrupted ones, or one that is running.
  public func unfinishedImports() throws -> [Int64] {
    try read { db in
      try Int64.fetchAll(
        db,
        sql: """
          SELECT id FROM import WHERE finished_at IS NULL
            AND id > (SELECT coalesce(max(id), 0) FROM import WHERE finished_at IS NOT NULL) ORDER BY id
          """)
    }
  }
}

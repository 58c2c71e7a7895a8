import GRDB
import Hits

/// A rule that assigns lines to a site.
public enum SiteSource: Hashable, Sendable {
  /// A host name; with `*.` in front, all hosts with that ending.
  case host(String)
  /// A pattern for file names.
  case file(String)
  /// A path prefix.
  case path(String)
}

extension StatsStore {
  /// Adds hosts, files and paths to a site.
  ///
  /// - Throws: ``StoreError/hostTaken(host:)`` if another site has one of them.
  public func add(_ sources: [SiteSource], to site: SiteProfile) throws {
    guard !sources.isEmpty else { return }
    try write { db in
      for source in sources {
        if let owner = try Self.owner(of: source, db), owner != Int64(site.id) {
          throw StoreError.hostTaken(host: source.text)
        }
        let (table, values) = source.row
        try db.execute(
          sql: "INSERT OR IGNORE INTO \(table) VALUES(\(values.map { _ in "?, " }.joined())?)",
          arguments: StatementArguments(values) + [Int64(site.id)])
      }
    }
  }

  /// Removes hosts, files and paths from a site. The main host stays.
  public func remove(_ sources: [SiteSource], from site: SiteProfile) throws {
    try write { db in
      for source in sources where source != .host(site.host) {
        switch source {
        case .host(let host):
          try db.execute(
            sql: "DELETE FROM site_host WHERE host = ? AND site = ?", arguments: [host, Int64(site.id)])
        case .file(let pattern), .path(let pattern):
          try db.execute(
            sql: "DELETE FROM site_source WHERE kind = ? AND pattern = ? AND site = ?",
            arguments: [source.kind, pattern, Int64(site.id)])
        }
      }
    }
  }

  /// Changes the time zone of a site.
  ///
  /// - Throws: ``StoreError/otherTimeZone(host:timeZone:)`` if the site has days, which its current time zone
  ///   delimits.
  public func change(timeZone: String, of site: SiteProfile) throws {
    try write { db in
      let hasDays = try Bool.fetchOne(
        db, sql: "SELECT EXISTS(SELECT 1 FROM day WHERE site = ?)", arguments: [Int64(site.id)])
      guard hasDays == false || timeZone == site.timeZone else {
        throw StoreError.otherTimeZone(host: site.host, timeZone: site.timeZone)
      }
      try db.execute(sql: "UPDATE site SET timezone = ? WHERE id = ?", arguments: [timeZone, Int64(site.id)])
    }
  }

  private static func owner(of source: SiteSource, _ db: Database) throws -> Int64? {
    switch source {
    case .host(let host): try Int64.fetchOne(db, sql: "SELECT site FROM site_host WHERE host = ?", arguments: [host])
    case .file(let pattern), .path(let pattern):
      try Int64.fetchOne(
        db, sql: "SELECT site FROM site_source WHERE kind = ? AND pattern = ?", arguments: [source.kind, pattern])
    }
  }
}

extension SiteSource {
  fileprivate var text: String {
    switch self {
    case .host(let text), .file(let text), .path(let text): text
    }
  }

  fileprivate var kind: String {
    switch self {
    case .host: "host"
    case .file: "file"
    case .path: "path"
    }
  }

  /// The table that contains it, and the values before the site.
  fileprivate var row: (table: String, values: [String]) {
    switch self {
    case .host(let host): ("site_host", [host])
    case .file(let pattern), .path(let pattern): ("site_source", [kind, pattern])
    }
  }
}

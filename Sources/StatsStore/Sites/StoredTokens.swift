import Foundation
import GRDB
import Hits
import Tokens

/// A token as stored in the database: what it allows, never the token itself.
public struct StoredToken: Sendable {
  /// Its number.
  public var id: Int64
  /// The hash of the secret.
  public var hash: TokenHash
  /// What it allows.
  public var abilities: [Ability]
  /// The site it is for, by id and main host; nil for all sites.
  public var site: (id: UInt32, host: String)?
  /// When it was created, in Unix seconds.
  public var createdAt: Int64
  /// The day it was last used, in days since 1970-01-01 UTC; nil if never. Only the day is stored, so that nobody's
  /// hours are revealed.
  public var lastUsedOn: Int32?
}

extension StatsStore {
  /// Stores a new token.
  ///
  /// - Parameters:
  ///   - site: the site it is for; nil for all sites.
  ///   - now: the current time in Unix seconds.
  /// - Returns: its number.
  public func addToken(_ hash: TokenHash, abilities: [Ability], site: SiteProfile?, now: Int64) throws -> Int64 {
    try write { db in
      try db.execute(
        sql: "INSERT INTO token(hash, abilities, site, created_at) VALUES(?, ?, ?, ?)",
        arguments: [
          Data(hash.bytes), abilities.map(\.rawValue).joined(separator: " "), site.map { Int64($0.id) }, now,
        ])
      return db.lastInsertedRowID
    }
  }

  /// Returns all tokens, ordered by number.
  public func tokens() throws -> [StoredToken] {
    try read { db in
      let sql = """
        SELECT token.id, hash, abilities, site, host, token.created_at, last_used_on
        FROM token LEFT JOIN site ON site.id = site ORDER BY token.id
        """
      return try Row.fetchAll(db, sql: sql).map { row in
        StoredToken(
          id: row["id"], hash: TokenHash(bytes: Array(row["hash"] as Data)),
          abilities: (row["abilities"] as String).split(separator: " ").compactMap { Ability(rawValue: String($0)) },
          site: (row["site"] as Int64?).map { (UInt32($0), row["host"]) }, createdAt: row["created_at"],
          lastUsedOn: row["last_used_on"])
      }
    }
  }

  /// Deletes a token, which is invalid from then on.
  ///
  /// - Returns: whether there was a token with that number.
  public func revokeToken(_ id: Int64) throws -> Bool {
    try write { db in
      try db.execute(sql: "DELETE FROM token WHERE id = ?", arguments: [id])
      return db.changesCount == 1
    }
  }

  /// Records the day on which tokens were used.
  public func noteUse(ofTokens ids: Set<Int64>, on day: Int32) throws {
    try write { db in
      for id in ids.sorted() {
        try db.execute(sql: "UPDATE token SET last_used_on = ? WHERE id = ?", arguments: [day, id])
      }
    }
  }
}

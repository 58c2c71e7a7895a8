import Foundation
import GRDB

/// Rewrites the packed pieces of an open day, one after the other, so that one is in memory at a time.
enum PieceRewriting {
  /// Returns whether any piece changes.
  ///
  /// - Parameters:
  ///   - table: `run` or `robot_piece`.
  ///   - writes: whether the pieces are changed.
  ///   - renamed: returns what a piece becomes; nil if it stays.
  static func rewrite(
    _ table: String, site: UInt32, day: Int32, writes: Bool, _ db: Database, _ renamed: ([UInt8]) throws -> [UInt8]?
  ) throws -> Bool {
    var isChanged = false
    let read = try db.cachedStatement(sql: "SELECT data FROM \(table) WHERE id = ?")
    let update = try db.cachedStatement(sql: "UPDATE \(table) SET data = ? WHERE id = ?")
    let pieces = try Int64.fetchAll(
      db, sql: "SELECT id FROM \(table) WHERE site = ? AND day = ?", arguments: [Int64(site), day])
    for id in pieces {
      guard let data = try Data.fetchOne(read, arguments: [id]), let piece = try renamed(DataBlob.bytes(data)) else {
        continue
      }
      isChanged = true
      if writes { try update.execute(arguments: [DataBlob.data(piece), id]) }
    }
    return isChanged
  }
}

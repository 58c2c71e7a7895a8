import Foundation
import GRDB
import Hits

/// Renames the pages, sources and events of the hits of open days.
struct HitRenaming {
  let pages: RenamedIDs
  let acquisitions: RenamedIDs
  let events: RenamedIDs

  /// Renames the hits of a day, and returns whether any changes. Holds one piece of a run in memory.
  ///
  /// - Parameter writes: whether the hits are changed.
  func rename(site: UInt32, day: Int32, writes: Bool, _ db: Database) throws -> Bool {
    var isAnyChanged = false
    let read = try db.cachedStatement(sql: "SELECT data FROM run WHERE id = ?")
    let update = try db.cachedStatement(sql: "UPDATE run SET data = ? WHERE id = ?")
    let pieces = try Int64.fetchAll(
      db, sql: "SELECT id FROM run WHERE site = ? AND day = ?", arguments: [Int64(site), day])
    for id in pieces {
      guard let data = try Data.fetchOne(read, arguments: [id]) else { continue }
      var isChanged = false
      let piece = try renamed(DataBlob.bytes(data), day, &isChanged)
      guard isChanged else { continue }
      isAnyChanged = true
      if writes { try update.execute(arguments: [DataBlob.data(piece), id]) }
    }
    return isAnyChanged
  }

  private func renamed(_ piece: [UInt8], _ day: Int32, _ isChanged: inout Bool) throws -> [UInt8] {
    do {
      return try RunCodec.repacked(piece) { hit in
        try rename(&hit.page, pages, &isChanged)
        try rename(&hit.acquisition, acquisitions, &isChanged)
        if hit.kind.isEvent { try rename(&hit.event, events, &isChanged) }
      }
    } catch is RunPieceReader.Damage {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the hits of \(DayName.name(day)) are damaged")
    }
  }

  private func rename(_ text: inout UInt32, _ ids: RenamedIDs, _ isChanged: inout Bool) throws {
    let id = try ids.id(of: Int64(text))
    guard id != Int64(text) else { return }
    isChanged = true
    // Numbers of names that are not in the dictionary are negative; they are not written.
    text = UInt32(clamping: id)
  }
}

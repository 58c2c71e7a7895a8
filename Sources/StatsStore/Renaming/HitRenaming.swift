import GRDB
import Hits

/// Renames the pages, sources and events of the hits of open days.
struct HitRenaming {
  let pages: RenamedIDs
  let acquisitions: RenamedIDs
  let events: RenamedIDs

  /// Renames the hits of a day, and returns whether any changes.
  ///
  /// - Parameter writes: whether the hits are changed.
  func rename(site: UInt32, day: Int32, writes: Bool, _ db: Database) throws -> Bool {
    try PieceRewriting.rewrite("run", site: site, day: day, writes: writes, db) { piece in
      var isChanged = false
      let renamed = try renamed(piece, day, &isChanged)
      return isChanged ? renamed : nil
    }
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

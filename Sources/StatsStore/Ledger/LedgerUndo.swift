import GRDB
import Ledger

/// Removes the lines of one import from the ledger, so that they are new when they are read again.
///
/// A stream is a log as it was read, so it must not bridge a gap. If lines are removed from its middle, the lines
/// after them become a stream of their own.
struct LedgerUndo {
  private let db: Database
  private let ledger: DatabaseLedger
  private let importID: Int64

  init(import id: Int64, _ db: Database) {
    self.db = db
    ledger = DatabaseLedger(db: db)
    importID = id
  }

  func run() throws {
    let streams = try Int64.fetchAll(
      db, sql: "SELECT DISTINCT stream FROM extent WHERE import = ?", arguments: [importID])
    for stream in streams { try undo(stream) }
  }

  /// A block without its hashes.
  private struct BlockFacts {
    var sequence: Int
    var isComplete: Bool
    var lines: Range<Int>
    var days: ClosedRange<Int32>?
    var times: ClosedRange<UInt32>?
    var hasHashes: Bool
  }

  /// Lines that stay together, and the stream they end up in.
  private struct Kept {
    var lines: Range<Int>
    var stream: Int64
    var nextSequence = 0
  }

  private func undo(_ stream: Int64) throws {
    let blocks = try self.blocks(stream)
    let extents = try ledger.extents(ofStream: stream)
    var kept = try Self.kept(extents, blocks, without: importID).map { lines in
      Kept(lines: lines, stream: lines.lowerBound == 0 ? stream : try ledger.newStream())
    }
    for block in blocks { try place(block, of: stream, in: &kept) }
    try ledger.replaceExtents(ofStream: stream, with: [])
    for part in kept {
      try ledger.replaceExtents(
        ofStream: part.stream, with: Self.extents(extents, within: part.lines, without: importID))
    }
    if kept.first?.stream != stream {
      try db.execute(sql: "DELETE FROM stream WHERE id = ?", arguments: [stream])
    }
  }

  private func blocks(_ stream: Int64) throws -> [BlockFacts] {
    var start = 0
    let sql = """
      SELECT sequence, complete, lines, first_day, last_day, first_time, last_time, hashes IS NOT NULL AS open
      FROM block WHERE stream = ? ORDER BY sequence
      """
    return try Row.fetchAll(db, sql: sql, arguments: [stream]).map { row in
      let end = start + (row["lines"] as Int)
      defer { start = end }
      return BlockFacts(
        sequence: row["sequence"], isComplete: row["complete"], lines: start..<end,
        days: DatabaseLedger.range(row["first_day"], row["last_day"]),
        times: DatabaseLedger.range(row["first_time"], row["last_time"]), hasHashes: row["open"])
    }
  }

  /// Stores the kept lines of a block in their streams.
  private func place(_ block: BlockFacts, of stream: Int64, in kept: inout [Kept]) throws {
    let parts = kept.indices.filter { kept[$0].lines.overlaps(block.lines) }
    if let part = parts.first, kept[part].stream == stream, kept[part].lines.contains(block.lines) {
      kept[part].nextSequence = block.sequence + 1
      return
    }
    guard block.hasHashes else {
      try moveWhole(block, of: stream, to: parts.first, in: &kept)
      return
    }
    let hashes = try ledger.hashes(ofStream: stream, sequence: block.sequence) ?? []
    try ledger.deleteSamples(hashes, stream: stream, sequence: block.sequence)
    try delete(block, of: stream)
    for part in parts {
      let lines = kept[part].lines.clamped(to: block.lines)
      let offset = block.lines.lowerBound
      let piece = Block(
        stream: kept[part].stream, sequence: kept[part].nextSequence,
        isComplete: block.isComplete && lines.upperBound == block.lines.upperBound,
        hashes: Array(hashes[lines.lowerBound - offset..<lines.upperBound - offset]), days: block.days,
        times: block.times)
      try ledger.store([piece], newFrom: 0)
      kept[part].nextSequence += 1
    }
  }

  /// Moves or deletes a whole block: one that is known only by its id cannot be split.
  private func moveWhole(_ block: BlockFacts, of stream: Int64, to part: Int?, in kept: inout [Kept]) throws {
    guard let part else {
      try delete(block, of: stream)
      return
    }
    try db.execute(
      sql: "UPDATE block SET stream = ?, sequence = ? WHERE stream = ? AND sequence = ?",
      arguments: [kept[part].stream, kept[part].nextSequence, stream, block.sequence])
    kept[part].nextSequence += 1
  }

  private func delete(_ block: BlockFacts, of stream: Int64) throws {
    try db.execute(
      sql: "DELETE FROM block WHERE stream = ? AND sequence = ?", arguments: [stream, block.sequence])
  }

  /// Returns the lines that stay, as ranges with gaps between them.
  private static func kept(
    _ extents: [LedgerExtent], _ blocks: [BlockFacts], without importID: Int64
  ) -> [Range<Int>] {
    var kept = extents.filter { $0.importID != importID }.map(\.lines)
    let uncut = blocks.filter { block in !block.hasHashes && kept.contains { $0.overlaps(block.lines) } }
    kept += uncut.map(\.lines)
    kept.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    return kept.reduce(into: []) { merged, lines in
      if let last = merged.last, lines.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, lines.upperBound)
      } else {
        merged.append(lines)
      }
    }
  }

  /// Returns the extents within these lines, relative to their start.
  private static func extents(
    _ extents: [LedgerExtent], within lines: Range<Int>, without importID: Int64
  ) -> [LedgerExtent] {
    extents.filter { $0.lines.overlaps(lines) }.map { extent in
      let part = extent.lines.clamped(to: lines)
      return LedgerExtent(
        lines: part.lowerBound - lines.lowerBound..<part.upperBound - lines.lowerBound,
        importID: extent.importID == importID ? 0 : extent.importID)
    }
  }
}

extension Range<Int> {
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}

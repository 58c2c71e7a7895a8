import GRDB
import Ledger

/// The samples of the ledger, by their hashes.
///
/// Hashes are random, so in a large table each new sample changes a page of its own. New samples go to a small
/// table first, and from there many at once to the large one (docs/decisions/0022-samples-in-two-tables.md).
extension DatabaseLedger {
  /// The number of samples above which the small table is moved to the large one: those of four million lines.
  static let mostRecentSamples = 65_536

  func knownSamples(among hashes: Set<UInt64>) throws -> Set<UInt64> {
    let finds = try inBoth { "SELECT 1 FROM \($0) WHERE hash = ? LIMIT 1" }
    return try hashes.filter { hash in
      let row: [1 of Int64] = [Int64(bitPattern: hash)]
      return try finds.contains { try $0.hasRow(row.span) }
    }
  }

  func placesOfSample(_ hash: UInt64, limit: Int) throws -> [LinePlace] {
    let number = Int64(bitPattern: hash)
    return try places(
      of: hash,
      sql: """
        SELECT stream, sequence FROM sample WHERE hash = ?
        UNION SELECT stream, sequence FROM recent_sample WHERE hash = ? ORDER BY stream, sequence
        """, [number, number], limit)
  }

  /// Stores the samples among the lines of blocks, in the first block from `newFrom` on.
  func storeSamples(_ blocks: [Block], newFrom: Int) throws {
    let insert = try RowStatement("INSERT OR IGNORE INTO recent_sample VALUES(?, ?, ?)", db)
    for (number, block) in blocks.enumerated() {
      for hash in block.hashes[(number == 0 ? newFrom : 0)...] where Ledger.isSampled(hash) {
        let row: [3 of Int64] = [Int64(bitPattern: hash), block.stream, Int64(block.sequence)]
        try insert.execute(row.span)
      }
    }
    if try Int.fetchOne(db, sql: "SELECT count(*) FROM recent_sample") ?? 0 > Self.mostRecentSamples {
      try db.execute(sql: "INSERT OR IGNORE INTO sample SELECT * FROM recent_sample; DELETE FROM recent_sample")
    }
  }

  /// Deletes the samples among the lines of a block.
  func deleteSamples(_ hashes: [UInt64], stream: Int64, sequence: Int) throws {
    let deletes = try inBoth { "DELETE FROM \($0) WHERE hash = ? AND stream = ? AND sequence = ?" }
    for hash in hashes where Ledger.isSampled(hash) {
      let row: [3 of Int64] = [Int64(bitPattern: hash), stream, Int64(sequence)]
      for delete in deletes { try delete.execute(row.span) }
    }
  }

  /// Returns a statement for each of the two tables.
  private func inBoth(_ sql: (_ table: String) -> String) throws -> [RowStatement] {
    try ["recent_sample", "sample"].map { try RowStatement(sql($0), db) }
  }
}

import Foundation
import GRDB
import Ledger

extension DatabaseLedger {
  /// Deletes the line hashes and samples of blocks on a day if they touch no open day any more. Their ids stay.
  func releaseBlocks(on day: Int32) throws {
    try releaseBlocks(where: "first_day <= \(day) AND last_day >= \(day)")
  }

  /// Does the same for blocks up to the last sealed day, such as those of late lines, and for blocks of lines
  /// without a day in streams without open blocks.
  func releaseSettledBlocks() throws {
    try releaseBlocks(where: "last_day <= (SELECT max(day) FROM day WHERE state <> 'open')")
    try release(
      """
      first_day IS NULL AND NOT EXISTS (
        SELECT 1 FROM block AS other
        WHERE other.stream = block.stream AND other.hashes IS NOT NULL AND other.first_day IS NOT NULL)
      """)
  }

  private func releaseBlocks(where condition: String) throws {
    try release(
      """
      \(condition) AND NOT EXISTS (
        SELECT 1 FROM day WHERE state = 'open' AND day.day BETWEEN block.first_day AND block.last_day)
      """)
  }

  private func release(_ condition: String) throws {
    let found = try Row.fetchAll(
      db, sql: "SELECT stream, sequence FROM block WHERE hashes IS NOT NULL AND \(condition)")
    // An update would leave each row, which is small now, alone on the page of the large one. SQLite merges pages
    // when rows are deleted.
    let clear = try db.cachedStatement(
      sql: """
        REPLACE INTO block(stream, sequence, complete, lines, id, first_day, last_day, books)
        SELECT stream, sequence, complete, lines, ?, first_day, last_day, books FROM block
        WHERE stream = ? AND sequence = ?
        """)
    for row in found {
      let stream: Int64 = row["stream"]
      let sequence: Int = row["sequence"]
      let hashes = try hashes(ofStream: stream, sequence: sequence) ?? []
      try deleteSamples(hashes, stream: stream, sequence: sequence)
      try clear.execute(arguments: [Data(BlockID(of: hashes).bytes), stream, sequence])
    }
  }
}

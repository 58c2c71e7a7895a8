import GRDB
import Ledger
import Testing

@testable import StatsStore

/// Samples are found and deleted in both tables: the small one, and the large one into which its samples are moved
/// together.
@Suite struct LedgerSamplesTests {
  /// Returns a block of a stream whose lines are all sampled; neighbouring blocks share a line.
  private static func block(_ sequence: Int, of stream: Int64, lines: Int) -> Block {
    let first = UInt64(sequence * (lines - 1))
    return Block(
      stream: stream, sequence: sequence, hashes: (first..<first + UInt64(lines)).map { $0 &* 0x9E37_79B1 << 6 })
  }

  private static func counts(_ db: Database) throws -> [Int] {
    try ["sample", "recent_sample"].map { try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") ?? -1 }
  }

  @Test func manySamplesMoveTogether() throws {
    let lines = DatabaseLedger.mostRecentSamples / 3
    let test = try TestStore()
    try test.store.write { db in
      let ledger = DatabaseLedger(db: db)
      let stream = try ledger.newStream()
      let blocks = (0..<5).map { Self.block($0, of: stream, lines: lines) }
      for block in blocks[..<3] { try ledger.store([block], newFrom: 0) }
      #expect(try Self.counts(db) == [0, 3 * lines])
      try ledger.store([blocks[3]], newFrom: 0)
      #expect(try Self.counts(db) == [4 * lines, 0])
      try ledger.store([blocks[4]], newFrom: lines - 10)
      #expect(try Self.counts(db) == [4 * lines, 10])
      // A line that occurs again in an open block may be a sample in both tables.
      try ledger.storeSamples([blocks[3]], newFrom: lines - 1)
      #expect(try Self.counts(db) == [4 * lines, 11])

      for block in blocks[..<4] { #expect(try ledger.knownSamples(among: Set(block.hashes)) == Set(block.hashes)) }
      #expect(try ledger.knownSamples(among: Set(blocks[4].hashes)).count == 11)
      let shared = blocks[3].hashes[lines - 1]
      #expect(
        try ledger.placesOfSample(shared, limit: 10) == [LinePlace(stream: stream, sequence: 3, index: lines - 1)])

      for block in blocks { try ledger.deleteSamples(block.hashes, stream: stream, sequence: block.sequence) }
      #expect(try Self.counts(db) == [0, 0])
    }
  }
}

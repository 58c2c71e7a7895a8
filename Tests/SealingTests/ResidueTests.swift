import Hits
import Foundation
import ImportSupport
import GRDB
import Sealing
import Testing

@testable import Ledger
@testable import StatsStore

/// Once a day is sealed, no byte on the disk reveals any of its visitors or lines.
@Suite struct ResidueTests {
  /// Visitor numbers and line hashes as stored on the disk, eight bytes each.
  private struct Traces {
    var visitors: [Data]
    var hashes: [Data]

    /// Reads the first 200 of each that the database holds for a day.
    init(_ store: StatsStore, day: Int32) throws {
      (visitors, hashes) = try store.read { db in
        var visitors: [Data] = []
        var merge = try RunMerge(site: 1, day: day, db)
        var visitor = RunMerge.VisitorHits()
        while visitors.count < 200, try merge.next(&visitor) {
          visitors.append(Data(LineHashes.packed([visitor.visitor])))
        }
        let blocks = try Data.fetchAll(db, sql: "SELECT hashes FROM block WHERE hashes IS NOT NULL")
        let all = blocks.flatMap { block in
          stride(from: 0, to: block.count, by: 8).map { block[block.startIndex + $0..<block.startIndex + $0 + 8] }
        }
        return (visitors, all.prefix(200).map { Data($0) })
      }
    }

    func found(in bytes: Data) -> (visitors: Int, hashes: Int) {
      (visitors.count { bytes.range(of: $0) != nil }, hashes.count { bytes.range(of: $0) != nil })
    }
  }

  @Test func nothingOfASealedDayIsLeft() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 4_000, seed: 1))
    let traces = try scratch.withSealing { _, store throws in try Traces(store, day: 19_967) }
    #expect(traces.visitors.count == 200 && traces.hashes.count == 200)
    let before = traces.found(in: try scratch.bytesOnDisk())
    // Some are split across two pages of the file.
    #expect(before.visitors > 180 && before.hashes > 180, "so the search is meaningful")

    try scratch.withSealing { sealing, _ throws in
      #expect(try sealing.seal(.fixed(19_967...19_967), andEarlier: false, site: nil, now: 1_800_000_000).count == 1)
      let after = traces.found(in: try scratch.bytesOnDisk())
      #expect(after == (0, 0), "while the database is still open")
    }
    let closed = traces.found(in: try scratch.bytesOnDisk())
    #expect(closed == (0, 0))
    #expect(try scratch.salts().isEmpty)
  }

  @Test func littleIsLeftOfTheLedger() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 30_000, seed: 3))
    func pages() throws -> Int {
      try scratch.withSealing { _, store throws in
        try store.read { db in
          try Int.fetchOne(db, sql: "SELECT count(*) FROM dbstat WHERE name = 'block' AND pagetype = 'leaf'") ?? 0
        }
      }
    }
    #expect(try pages() > 5, "each block has a page of its own")
    try scratch.withSealing { sealing, _ throws in
      _ = try sealing.seal(.fixed(19_967...19_967), andEarlier: false, site: nil, now: 1_800_000_000)
    }
    #expect(try pages() == 1, "their remains share a page")
  }

  @Test func undoneHitsAreGone() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 4_000, seed: 2))
    let traces = try scratch.withSealing { _, store throws in try Traces(store, day: 19_967) }
    let before = traces.found(in: try scratch.bytesOnDisk())
    #expect(before.visitors > 180 && before.hashes > 180)
    try scratch.undo(1)
    #expect(traces.found(in: try scratch.bytesOnDisk()) == (0, 0))
    #expect(try scratch.salts().isEmpty)
  }

  @Test func samplesAndTextsGoWithTheirDay() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 3_000, seed: 3), atOnce: true)
    let counts = try scratch.withSealing { _, store throws in
      try store.read { db in
        try [
          "run", "sample", "recent_sample", "block WHERE hashes IS NOT NULL",
          // Sources with their campaigns, dimension 32, are statistics.
          "dict WHERE instr(text, char(31)) > 0 AND id NOT IN (SELECT value FROM agg WHERE dim = 32)",
        ].map { try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") ?? -1 }
      }
    }
    #expect(counts == [0, 0, 0, 0, 0])
  }
}

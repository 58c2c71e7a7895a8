import ImportSupport
import GRDB
import Hits
import Importing
import Rollups
import SaltVault
import TestSupport
import Testing

@testable import Sealing
@testable import StatsStore

/// After an undo, the database is as if the import had never happened, and exactly its lines are new again.
@Suite struct UndoTests {
  /// The part of a log that each import reads. Parts that follow each other continue one stream.
  static let cases: [(name: String, parts: [Range<Int>], undone: Int)] = [
    ("the only import", [0..<3_000], 0),
    ("the end of a stream", [0..<2_000, 0..<3_000], 1),
    ("the start of a stream", [0..<1_000, 0..<3_000], 0),
    ("the middle of a stream", [0..<1_000, 0..<2_000, 0..<3_000], 1),
    ("the middle, a few lines within one block", [0..<1_000, 0..<1_010, 0..<1_200], 1),
    ("a stream of its own", [0..<1_000, 2_000..<3_000], 1),
    ("a gap between others", [0..<1_000, 2_000..<3_000, 0..<3_000], 2),
  ]

  @Test(arguments: cases)
  func linesAreNewAgainExactlyOnce(_ undo: (name: String, parts: [Range<Int>], undone: Int)) throws {
    let lines = Scratch.lines(day: 1, count: 3_000, seed: 21)
    let scratch = try Scratch()
    var brought: [[Int]] = []
    var seen: Set<Int> = []
    for (number, part) in undo.parts.enumerated() {
      brought.append(part.filter { seen.insert($0).inserted })
      try scratch.importLines(Array(lines[part]), as: "part\(number).log")
    }
    try scratch.undo(Int64(undo.undone + 1))
    try Self.checkLedger(scratch)
    let rest = seen.subtracting(brought[undo.undone]).sorted()
    #expect(try scratch.dump() == (try Self.dump(of: rest.map { lines[$0] })), "as if it had never happened")

    let again = try scratch.importLines(lines, as: "whole.log")
    #expect(again.outcomes[.alreadyImported] == rest.count, "the lines of other imports stay known")
    #expect(again.outcomes[.pageview] == lines.count - rest.count, "its own lines count again")
    #expect(try scratch.importLines(lines, as: "again.log").outcomes[.alreadyImported] == lines.count)
    #expect(try scratch.dump() == (try Self.dump(of: lines)))
  }

  /// Random imports of random slices, one of which is undone.
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func randomHistoriesAddUp(_ seed: UInt64) throws {
    var chance = SeededGenerator(seed: seed)
    let lines = Scratch.lines(day: 1, count: 2_000, seed: seed) + Scratch.lines(day: 2, count: 2_000, seed: seed + 50)
    let scratch = try Scratch()
    for number in 0..<5 {
      let start = Int.random(in: 0..<lines.count - 200, using: &chance)
      let end = Int.random(in: start + 100...lines.count, using: &chance)
      try scratch.importLines(Array(lines[start..<end]), as: "slice\(number).log")
    }
    try scratch.undo(Int64.random(in: 1...5, using: &chance))
    try scratch.undo(try Self.anyImport(scratch, &chance))
    try Self.checkLedger(scratch)
    try scratch.importLines(lines, as: "whole.log")
    #expect(try scratch.dump() == (try Self.dump(of: lines)))
    #expect(try scratch.importLines(lines, as: "again.log").outcomes[.alreadyImported] == lines.count)
  }

  @Test func aSiteMadeForTheImportGoesWithIt() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 50, seed: 22))
    let dump = try scratch.dump()
    try scratch.importLines(Scratch.lines(day: 1, count: 50, seed: 23), as: "b.log", site: "exmaple.com")
    try scratch.undo(2)
    #expect(try scratch.dump() == dump)
    let summary = try scratch.importLines(Scratch.lines(day: 1, count: 50, seed: 23), as: "b.log")
    #expect(summary.id == 3 && summary.outcomes[.pageview] == 50, "numbers are never reused")
  }

  @Test func aSiteThatWasAddedStays() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 50, seed: 24))
    _ = try SiteAdding(database: scratch.database, wait: 0).add(SiteDefinition(host: "example.com"))
    try scratch.undo(1)
    #expect(try scratch.dump() == "site\texample.com\tUTC\n")
  }

  @Test func sealedDaysCannotBeTakenApart() throws {
    let scratch = try Scratch()
    let lines = Scratch.lines(day: 1, count: 50, seed: 25)
    try scratch.importLines(lines, atOnce: true)
    try scratch.importLines(lines + Scratch.lines(day: 2, count: 50, seed: 26), as: "more.log")
    #expect(throws: Refusal.self) { try scratch.undo(1) }
    #expect(throws: Refusal.self) { try scratch.undo(7) }
    let before = try scratch.dump()
    try scratch.undo(2)
    #expect(try scratch.dump() != before, "the second import added lines of an open day only")
  }

  @Test func laterImportsThatMetItsLinesAreNamed() throws {
    let scratch = try Scratch()
    let lines = Scratch.lines(day: 1, count: 50, seed: 27)
    try scratch.importLines(lines)
    try scratch.importLines(lines, as: "copy.log")
    try scratch.importLines(Scratch.lines(day: 2, count: 50, seed: 28), as: "next.log")
    let effect = try Undoing(1, try scratch.store(), try scratch.vault()).effect
    #expect(effect.laterImports == [2] && effect.lines == 50)
    #expect(effect.days.map(\.pageviews) == [50])
  }

  private static func anyImport(_ scratch: Scratch, _ chance: inout SeededGenerator) throws -> Int64 {
    try StatsStore(path: scratch.database, mode: .read).imports().map(\.id).randomElement(using: &chance) ?? 0
  }

  /// Returns the dump of a new database that has counted these lines.
  private static func dump(of lines: [String]) throws -> String {
    guard !lines.isEmpty else { return "" }
    let scratch = try Scratch()
    try scratch.importLines(lines)
    return try scratch.dump()
  }

  /// Checks that streams have no gaps, that blocks and extents cover the same lines, and that samples point to blocks
  /// that contain them.
  private static func checkLedger(_ scratch: Scratch) throws {
    try scratch.store().read { db throws in
      let bad = [
        """
        SELECT count(*) FROM (SELECT stream, count(*) AS n, max(sequence) + 1 AS top FROM block GROUP BY stream)
        WHERE n <> top
        """,
        """
        SELECT abs((SELECT coalesce(sum(lines), 0) FROM block) - (SELECT coalesce(sum(lines), 0) FROM extent))
        """,
        "SELECT count(*) FROM stream WHERE id NOT IN (SELECT stream FROM block)",
        """
        SELECT count(*) FROM (SELECT * FROM sample UNION ALL SELECT * FROM recent_sample)
        LEFT JOIN block USING (stream, sequence) WHERE hashes IS NULL
        """,
      ]
      for sql in bad { #expect(try Int.fetchOne(db, sql: sql) == 0) }
    }
  }
}

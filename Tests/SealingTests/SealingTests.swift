import Foundation
import ImportSupport
import GRDB
import Hits
import Importing
import Testing

@testable import Sealing
@testable import StatsStore

@Suite struct SealingTests {
  /// The day of the invented lines, 1 September 2024.
  static let first: Int32 = 19_967
  static let later: Int64 = 1_800_000_000

  /// When a day may be sealed: it is over, unchanged for the delay, and an import has ended since then.
  static let moments: [(over: Int64, touched: Int64, imported: Int64?, delay: Int64, isSettled: Bool)] = [
    (1_000, 500, 1_100, 100, true), (1_000, 500, 1_099, 100, false), (1_000, 1_050, 1_150, 100, true),
    (1_000, 1_050, 1_149, 100, false), (1_000, 500, nil, 0, false), (1_000, 1_000, 1_000, 0, true),
  ]

  @Test(arguments: moments)
  func daysAreSealedOnceAnImportHasLeftThemAlone(
    _ moment: (over: Int64, touched: Int64, imported: Int64?, delay: Int64, isSettled: Bool)
  ) {
    let day = OpenDay(
      site: 1, host: "example.com", day: 0, overAt: moment.over, touchedAt: moment.touched,
      importedAt: moment.imported, isDirty: false)
    #expect(day.isSettled(after: moment.delay) == moment.isSettled)
  }

  @Test func linesOfASealedDayAreLate() throws {
    let scratch = try Scratch()
    let lines = Scratch.lines(day: 1, count: 300, seed: 4)
    try scratch.importLines(Array(lines.prefix(200)), atOnce: true)
    let dump = try scratch.dump()
    let summary = try scratch.importLines(Scratch.lines(day: 1, count: 100, seed: 5), as: "late.log")
    #expect(summary.outcomes[.late] == 100)
    #expect(try scratch.dump() == dump)
    #expect(try scratch.salts().isEmpty, "the salt of a sealed day is not requested again")
  }

  @Test func theNextImportSealsAtItsStart() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 100, seed: 6))
    let summary = try scratch.importLines(Scratch.lines(day: 1, count: 50, seed: 7), as: "late.log", delay: 0)
    #expect(summary.sealed == [SealedDay(host: "example.com", day: Self.first)])
    #expect(summary.outcomes[.late] == 50)
  }

  /// After an outage, the waiting lines are counted before their day is sealed.
  @Test func anInterruptedImportSealsNothing() throws {
    let scratch = try Scratch()
    let lines = Scratch.lines(day: 1, count: 100, seed: 8)
    try scratch.importLines(Array(lines.prefix(40)))
    try scratch.withSealing { sealing, store throws in
      try store.write { try $0.execute(sql: "UPDATE import SET finished_at = NULL") }
      #expect(try sealing.sealSettledDays(after: 0).isEmpty)
    }
    let summary = try scratch.importLines(lines)
    #expect(summary.outcomes[.pageview] == 60 && summary.outcomes[.late] == 0)
  }

  @Test func anImportForAnotherSiteSealsNothing() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 100, seed: 9))
    try scratch.withSealing { sealing, store throws in
      try store.write { try $0.execute(sql: "UPDATE import SET finished_at = touched_at FROM day") }
      #expect(try sealing.sealSettledDays(after: 10).isEmpty)
      try store.write { try $0.execute(sql: "UPDATE day SET touched_at = touched_at - 10") }
      let other = try store.site(host: "example.org", timeZone: nil, byImport: false, now: 0)
      try store.write { try $0.execute(sql: "UPDATE import SET site = ?", arguments: [Int64(other.id)]) }
      #expect(try sealing.sealSettledDays(after: 10).isEmpty)
      try store.write { try $0.execute(sql: "UPDATE import SET site = NULL") }
      #expect(try sealing.sealSettledDays(after: 10).count == 1)
    }
  }

  @Test func sitesShareASaltUntilTheLastIsSealed() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 100, seed: 10))
    try scratch.importLines(Scratch.lines(day: 1, count: 100, seed: 11), as: "other.log", site: "example.org")
    try scratch.withSealing { sealing, _ throws in
      _ = try sealing.seal(.fixed(Self.first...Self.first), andEarlier: false, site: "example.org", now: Self.later)
      #expect(try scratch.salts() == ["2024-09-01"])
      _ = try sealing.seal(.fixed(Self.first...Self.first), andEarlier: true, site: nil, now: Self.later)
      #expect(try scratch.salts().isEmpty)
    }
  }

  @Test func aDayThatIsNotOverStaysOpen() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 100, seed: 12))
    try scratch.withSealing { sealing, _ throws in
      let noon = Int64(Self.first) * 86_400 + 43_200
      #expect(throws: Refusal.self) {
        try sealing.seal(.fixed(Self.first...Self.first), andEarlier: true, site: nil, now: noon)
      }
      #expect(throws: Refusal.self) {
        try sealing.seal(.fixed(Self.first + 1...Self.first + 1), andEarlier: false, site: nil, now: Self.later)
      }
      #expect(try sealing.sealDaysThatAreOver(ofSites: [1], now: noon).isEmpty)
    }
  }

  /// A crash between the commit and the deletion leaves a salt without an open day.
  @Test func leftoversAreSweptByTheNextCommand() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 100, seed: 13))
    try scratch.withSealing { sealing, store throws in
      #expect(try store.seal(store.openDays()).map(\.day) == [Self.first])
      #expect(try scratch.salts() == ["2024-09-01"])
      #expect(try store.isUnswept())
    }
    try scratch.importLines(Scratch.lines(day: 2, count: 10, seed: 14), as: "next.log")
    #expect(try scratch.salts() == ["2024-09-02"])
    try scratch.withSealing { _, store throws in #expect(try !store.isUnswept()) }
  }

  /// While a reader holds an old snapshot, the journal keeps the deleted rows. The salt then stays, too, and a later
  /// command finishes the work.
  @Test func aReaderDelaysTheEnd() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 100, seed: 15))
    try scratch.withSealing { sealing, store throws in
      let reader = try DatabaseQueue(path: scratch.database)
      try reader.writeWithoutTransaction { db throws in
        try db.execute(sql: "BEGIN; SELECT count(*) FROM run")
        #expect(try store.seal(store.openDays()).map(\.day) == [Self.first])
        #expect(try !sealing.finish())
        #expect(try scratch.salts() == ["2024-09-01"])
        try db.execute(sql: "COMMIT")
      }
      #expect(try sealing.finish())
      #expect(try scratch.salts().isEmpty)
    }
  }

  @Test func aDirtyDayIsCountedBeforeItIsSealed() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 100, seed: 16))
    let dump = try scratch.dump()
    try scratch.withSealing { sealing, store throws in
      try store.write { try $0.execute(sql: "DELETE FROM agg; DELETE FROM visit_cube; UPDATE day SET dirty = 1") }
      #expect(try store.seal(store.openDays()).isEmpty)
      #expect(
        try sealing.seal(.fixed(Self.first...Self.first), andEarlier: true, site: nil, now: Self.later).count == 1)
    }
    #expect(try scratch.dump() == dump)
  }

  /// A log that was imported whole is known afterwards; its last block is recognised by its id. Only if the last
  /// block is too short, which depends on the ledger's random key, its lines are late instead.
  @Test func aSealedLogIsKnown() throws {
    let scratch = try Scratch()
    let lines = Scratch.lines(day: 1, count: 3_000, seed: 17)
    try scratch.importLines(lines, atOnce: true)
    let outcomes = try scratch.importLines(lines, as: "copy.log").outcomes
    #expect(outcomes[.alreadyImported] + outcomes[.late] == 3_000)
    #expect(outcomes[.late] < 16)
  }

  /// Even a stream that ends with a whole block cannot be continued once its hashes are gone.
  @Test func aSealedStreamIsNotContinued() throws {
    let scratch = try Scratch()
    let lines = Scratch.lines(day: 1, count: 6_000, seed: 18)
    try scratch.importLines(lines)
    let cut = try scratch.withSealing { _, store in
      try store.read { db in
        try Int.fetchOne(db, sql: "SELECT sum(lines) FROM block WHERE complete AND sequence < 2") ?? 0
      }
    }
    try scratch.undo(1)
    try scratch.importLines(Array(lines.prefix(cut)), as: "cut.log", atOnce: true)
    let next = Scratch.lines(day: 2, count: 500, seed: 19)
    let grown = try scratch.importLines(lines.prefix(cut) + next, as: "grown.log")
    #expect(grown.outcomes[.alreadyImported] == cut && grown.outcomes[.pageview] == 500)
    let again = try scratch.importLines(lines.prefix(cut) + next, as: "again.log")
    #expect(again.outcomes[.alreadyImported] == cut + 500)
  }

  /// With another key, known lines would count as new. Once no line is known by its hash, any key will do.
  @Test func aLostVaultIsNoticed() throws {
    let scratch = try Scratch()
    let lines = Scratch.lines(day: 1, count: 100, seed: 20)
    try scratch.importLines(lines)
    try FileManager.default.removeItem(atPath: scratch.database + ".vault")
    #expect(throws: ImportFailure.self) { try scratch.importLines(lines, as: "again.log") }
    try scratch.withSealing { sealing, _ in
      _ = try sealing.seal(.fixed(Self.first...Self.first), andEarlier: true, site: nil, now: Self.later)
    }
    #expect(try scratch.importLines(lines, as: "again.log").outcomes[.late] == 100)
  }
}

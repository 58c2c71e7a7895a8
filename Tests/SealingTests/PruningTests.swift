import Hits
import ImportSupport
import Importing
import SaltVault
import StatsStore
import Testing

@testable import Sealing

@Suite struct PruningTests {
  /// 2024-09-01.
  private static let first: Int32 = 19_967

  private static func pruning(_ scratch: Scratch, before day: Int32, site: String? = nil) throws -> Pruning {
    try Pruning(.before(.fixed(day...day)), site: site, now: 1_800_000_000, try scratch.store(), try scratch.vault())
  }

  /// Prunes, closes the database, and returns what was deleted.
  @discardableResult
  private static func prune(_ scratch: Scratch, before day: Int32, site: String? = nil) throws -> [PruneEffect] {
    let pruning = try pruning(scratch, before: day, site: site)
    #expect(try pruning.run())
    return pruning.effects
  }

  private static func lines(_ day: Int) -> [String] { Scratch.lines(day: day, count: 400, seed: UInt64(40 + day)) }

  @Test func statisticsGoAndThoseOfOtherDaysAndSitesStay() throws {
    let scratch = try Scratch()
    for day in 1...3 { try scratch.importLines(Self.lines(day), as: "\(day).log", atOnce: true) }
    try scratch.importLines(Self.lines(4), as: "other.log", site: "shop.example", atOnce: true)
    let wanted = try Scratch()
    try wanted.importLines(Self.lines(3), as: "3.log", atOnce: true)
    try wanted.importLines(Self.lines(4), as: "other.log", site: "shop.example", atOnce: true)
    let effects = try Self.prune(scratch, before: Self.first + 2, site: "example.com")
    let effect = try #require(effects.first)
    #expect(effects.count == 1 && effect.days == 2 && effect.pageviews == 800 && effect.rows > 100)
    #expect(effect.range == Self.first...(Self.first + 1))
    #expect(try scratch.dump() == (try wanted.dump()))
    #expect(try Self.pruning(scratch, before: Self.first + 2).effects.isEmpty)
    #expect(try scratch.store().siteDays().map(\.pruned) == [2, 0])
  }

  /// Lines of pruned days are never counted again, neither all of them, nor some, nor among new lines.
  @Test(arguments: [0..<400, 17..<301, 0..<3]) func theirLinesAreNotCountedAgain(_ part: Range<Int>) throws {
    let scratch = try Scratch()
    try scratch.importLines(Self.lines(1) + Self.lines(2), atOnce: true)
    try Self.prune(scratch, before: Self.first + 1)
    let dump = try scratch.dump()
    let again = try scratch.importLines(Array(Self.lines(1)[part]), as: "again.log")
    #expect(again.outcomes[.pageview] == 0)
    #expect(again.outcomes[.late] + again.outcomes[.alreadyImported] == part.count)
    #expect(try scratch.dump() == dump)
    let longer = try scratch.importLines(Self.lines(1) + Self.lines(2) + Self.lines(3), as: "longer.log")
    #expect(longer.outcomes[.pageview] == 400, "the new day counts")
  }

  @Test func openDaysAreRefused() throws {
    let scratch = try Scratch()
    try scratch.importLines(Self.lines(1))
    let dump = try scratch.dump()
    #expect(throws: Refusal.self) { try Self.pruning(scratch, before: Self.first + 1) }
    #expect(try Self.pruning(scratch, before: Self.first).effects.isEmpty, "no data from that time")
    #expect(try scratch.dump() == dump)
  }

  @Test func anImportWithAPrunedDayCannotBeUndone() throws {
    let scratch = try Scratch()
    try scratch.importLines(Self.lines(1), atOnce: true)
    try Self.prune(scratch, before: Self.first + 1)
    #expect(throws: Refusal.self) { try scratch.undo(1) }
  }

  @Test func aRebuildBringsADayBack() throws {
    let scratch = try Scratch()
    try scratch.importLines(Self.lines(1), atOnce: true)
    let dump = try scratch.dump()
    try Self.prune(scratch, before: Self.first + 1)
    try scratch.rebuild(Self.first, from: scratch.folder + "/access.log")
    #expect(try scratch.dump() == dump)
    #expect(try scratch.store().siteDays().map { [$0.sealed, $0.pruned] } == [[1, 0]])
  }

  @Test func vacuumMakesTheFileSmallerAndChangesNothing() throws {
    let scratch = try Scratch()
    for day in 1...3 { try scratch.importLines(Self.lines(day), as: "\(day).log", atOnce: true) }
    try Self.prune(scratch, before: Self.first + 2)
    let dump = try scratch.dump()
    let size = try scratch.store().vacuum()
    #expect(size.after < size.before)
    #expect(try scratch.dump() == dump)
    #expect(try scratch.importLines(Self.lines(3), as: "again.log").outcomes[.pageview] == 0)
  }

  @Test(arguments: [
    ("25months", "2026-11-24", "2024-10-24"), ("1month", "2026-03-31", "2026-02-28"),
    ("1month", "2024-03-31", "2024-02-29"), ("2years", "2024-02-29", "2022-02-28"),
    ("11months", "2026-11-24", "2025-12-24"),
    ("12months", "2026-12-31", "2025-12-31"), ("90days", "2026-11-24", "2026-08-26"),
    ("2weeks", "2026-11-24", "2026-11-10"),
  ])
  func spansAreCountedBack(_ text: String, _ today: String, _ first: String) throws {
    let span = try #require(Retention(text))
    #expect(DayName.name(span.firstDayKept(today: try #require(DayName.day(named: today)))) == first)
  }

  @Test(arguments: ["", "25", "months", "0days", "-1days", "1.5years", "25 months", "25fortnights", "٢days"])
  func otherTextsAreNoSpans(_ text: String) {
    #expect(Retention(text) == nil)
  }
}

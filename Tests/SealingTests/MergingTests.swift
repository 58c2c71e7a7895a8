import Foundation
import GRDB
import Hits
import ImportSupport
import Importing
import StatsStore
import Testing

@testable import Sealing

/// Sealed days of another database are merged exactly as they are, or not at all.
@Suite struct MergingTests {
  /// 2024-09-01.
  private static let first: Int32 = 19_967

  private static func lines(_ day: Int, seed: UInt64 = 0) -> [String] {
    Scratch.lines(day: day, count: 300, seed: seed + UInt64(day))
  }

  private static func merge(_ other: Scratch, into scratch: Scratch) throws -> MergeEffect {
    try Merging(other.database, into: try scratch.store(), try scratch.vault()).run(version: "test", now: 1_800_000_000)
  }

  /// After merging other days of a site, and another site, everything is as if one database had counted it.
  @Test func daysComeAsTheyAre() throws {
    let one = try Scratch()
    try one.importLines(Self.lines(1), as: "1.log", atOnce: true)
    let other = try Scratch()
    try other.importLines(Self.lines(2), as: "2.log", atOnce: true)
    try other.importLines(Self.lines(3), as: "3.log", site: "shop.example", atOnce: true)
    let whole = try Scratch()
    try whole.importLines(Self.lines(1), as: "1.log", atOnce: true)
    try whole.importLines(Self.lines(2), as: "2.log", atOnce: true)
    try whole.importLines(Self.lines(3), as: "3.log", site: "shop.example", atOnce: true)

    let effect = try Self.merge(other, into: one)
    #expect(effect.sites.map(\.host) == ["example.com", "shop.example"])
    #expect(effect.sites.map(\.isKnown) == [true, false])
    #expect(effect.sites.map(\.days) == [[Self.first + 1], [Self.first + 2]])
    #expect(try one.dump() == (try whole.dump()))
    let record = try #require(try one.store().imports().last)
    #expect(record.mergedFrom == other.database && record.outcomes[.pageview] == 600)
    #expect(try Self.hours(one) == (try Self.hours(whole)))
    #expect(try one.store().siteDays().map(\.sealed) == [2, 1])
  }

  /// Returns the sites, days and hours with their lines.
  private static func hours(_ scratch: Scratch) throws -> [String] {
    try DatabaseQueue(path: scratch.database).read { db in
      try String.fetchAll(
        db, sql: "SELECT site || day || ' ' || hour || ' ' || lines FROM lines_hourly ORDER BY site, day, hour")
    }
  }

  /// Lines of merged days are late or known, and lines of later days count.
  @Test func theirLinesAreNotCountedAgain() throws {
    let one = try Scratch()
    try one.importLines(Self.lines(1), as: "1.log", atOnce: true)
    let other = try Scratch()
    try other.importLines(Self.lines(2), as: "2.log", atOnce: true)
    _ = try Self.merge(other, into: one)
    let again = try one.importLines(Self.lines(1) + Self.lines(2) + Self.lines(3), as: "all.log")
    #expect(again.outcomes[.late] + again.outcomes[.alreadyImported] == 600)
    #expect(again.outcomes[.pageview] == 300)
  }

  /// Merging again continues where it left off: days that were merged before are skipped if they have not changed.
  @Test func mergingAgainBringsWhatIsNew() throws {
    let one = try Scratch()
    try one.importLines(Self.lines(1), as: "1.log", atOnce: true)
    let other = try Scratch()
    try other.importLines(Self.lines(2), as: "2.log", atOnce: true)
    try other.importLines(Self.lines(3), as: "3.log")
    #expect(try Self.merge(other, into: one).sites.map(\.openDays) == [1])
    let dump = try one.dump()
    let nothing = try Self.merge(other, into: one)
    #expect(nothing.sites.map(\.days) == [[]] && nothing.sites.map(\.sameDays) == [1])
    #expect(try one.dump() == dump)
    #expect(try one.store().imports().count == 2, "nothing was merged, so no import is recorded")
    try other.importLines(Self.lines(4), as: "4.log", atOnce: true)
    #expect(try Self.merge(other, into: one).sites.map(\.days) == [[Self.first + 2, Self.first + 3]])
  }

  /// Merges that must be refused, and the message.
  static let refusals: [(name: String, says: String, change: @Sendable (Scratch, Scratch) throws -> Void)] = [
    (
      "the same day with other lines", "2024-09-01 has different statistics",
      { one, _ in try one.importLines(lines(1, seed: 70), as: "1.log", atOnce: true) }
    ),
    (
      "the same day, open here", "has different statistics",
      { one, _ in try one.importLines(lines(1, seed: 70), as: "1.log") }
    ),
    (
      "another time zone", "different time zones",
      { one, _ in
        _ = try one.store().site(host: "example.com", timeZone: "Europe/Berlin", byImport: false, now: 0)
      }
    ),
    (
      "a host of another site", "www.example.com belongs to shop.example here",
      { one, other in
        let store = try other.store()
        try store.add([.host("www.example.com")], to: try store.site(named: "example.com"))
        let own = try one.store()
        let shop = try own.site(host: "shop.example", timeZone: nil, byImport: false, now: 0)
        try own.add([.host("www.example.com")], to: shop)
      }
    ),
    (
      "other rules", "counted by version 99 of the counting rules",
      { _, other in
        try DatabaseQueue(path: other.database).write { try $0.execute(sql: "UPDATE day SET counting = 99") }
      }
    ),
  ]

  @Test(arguments: refusals.indices) func whatDoesNotFitIsRefused(_ index: Int) throws {
    let refusal = Self.refusals[index]
    let one = try Scratch()
    _ = try one.store().site(host: "first.example", timeZone: nil, byImport: false, now: 0)
    let other = try Scratch()
    try other.importLines(Self.lines(1), as: "1.log", atOnce: true)
    try refusal.change(one, other)
    let dump = try one.dump()
    let error = try #require(throws: Refusal.self) { try Self.merge(other, into: one) }
    #expect(error.description.contains(refusal.says), "\(refusal.name): \(error)")
    #expect(try one.dump() == dump)
  }

  @Test func aDatabaseIsNotMergedWithItself() throws {
    let scratch = try Scratch()
    try scratch.importLines(Self.lines(1), atOnce: true)
    #expect(throws: Refusal.self) { try Self.merge(scratch, into: scratch) }
  }

  /// Merged days are already sealed, so the import that added them cannot be undone. A merge does not seal open days.
  @Test func aMergeIsNoImportOfLogs() throws {
    let one = try Scratch()
    try one.importLines(Self.lines(1), as: "1.log")
    let other = try Scratch()
    try other.importLines(Self.lines(2), as: "2.log", atOnce: true)
    _ = try Self.merge(other, into: one)
    #expect(throws: Refusal.self) { try one.undo(2) }
    #expect(try one.store().openDays().allSatisfy { !$0.isSettled(after: Sealing.usualDelay) })
    #expect(try one.store().openDays().count == 1)
  }
}

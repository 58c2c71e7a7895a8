import GRDB
import Hits
import ImportSupport
import Importing
import Testing

@testable import Sealing
@testable import StatsStore

/// The lines of each hour agree with the books, whatever is done to the database.
@Suite struct HourLinesTests {
  /// 2024-09-01.
  private static let first: Int32 = 19_967

  private static func hours(_ scratch: Scratch) throws -> [[Int]] {
    try scratch.store().read { db in
      try Row.fetchAll(db, sql: "SELECT day, hour, sum(lines) FROM hour_lines GROUP BY day, hour ORDER BY day, hour")
        .map { [$0[0], $0[1], $0[2]] }
    }
  }

  /// Counts the lines themselves, by day and hour.
  private static func wanted(_ lines: [String]) -> [[Int]] {
    let places = lines.map { line in
      let time = line.split(separator: "[")[1]
      return [Int(Self.first) - 1 + (Int(time.prefix(2)) ?? 0), Int(time.dropFirst(12).prefix(2)) ?? 0]
    }
    return Dictionary(grouping: places) { $0 }.map { $0.key + [$0.value.count] }.sorted {
      $0.lexicographicallyPrecedes($1)
    }
  }

  private static let lines = Scratch.lines(day: 1, count: 900, seed: 51) + Scratch.lines(day: 2, count: 900, seed: 52)

  @Test func eachLineIsCountedOnce() throws {
    let scratch = try Scratch()
    try scratch.importLines(Array(Self.lines[500..<1_200]), as: "middle.log")
    try scratch.importLines(Self.lines, as: "whole.log")
    try scratch.importLines(Self.lines, as: "again.log")
    #expect(try Self.hours(scratch) == Self.wanted(Self.lines))
  }

  @Test func anUndoneImportLeavesNone() throws {
    let scratch = try Scratch()
    try scratch.importLines(Array(Self.lines.prefix(1_000)), as: "first.log")
    try scratch.importLines(Self.lines, as: "whole.log")
    try scratch.undo(2)
    #expect(try Self.hours(scratch) == Self.wanted(Array(Self.lines.prefix(1_000))))
  }

  @Test func aRebuiltDayHasThoseOfItsArchives() throws {
    let scratch = try Scratch()
    try scratch.importLines(Array(Self.lines.dropFirst(400)), as: "cut.log", atOnce: true)
    let path = try scratch.write(Self.lines, to: "archive.log")
    try scratch.rebuild(Self.first, from: path)
    #expect(try Self.hours(scratch) == Self.wanted(Self.lines))
  }

  @Test func lateLinesAreNone() throws {
    let scratch = try Scratch()
    try scratch.importLines(Array(Self.lines.prefix(300)), as: "first.log", atOnce: true)
    try scratch.importLines(Array(Self.lines.prefix(900)), as: "rest.log")
    #expect(try Self.hours(scratch) == Self.wanted(Array(Self.lines.prefix(300))))
  }

  /// A rebuild adds no lines of other days, so these must not become settled.
  @Test func aRebuildIsNoImportOfOtherDays() throws {
    let scratch = try Scratch()
    try scratch.importLines(Self.lines)
    try scratch.rebuild(Self.first, from: scratch.folder + "/access.log")
    let store = try scratch.store()
    try store.write { db in try db.execute(sql: "UPDATE import SET finished_at = 4000000000 WHERE id = 2") }
    let open = try store.openDays()
    #expect(open.map(\.day) == [Self.first + 1])
    #expect(open.allSatisfy { !$0.isSettled(after: Sealing.usualDelay) })
  }
}

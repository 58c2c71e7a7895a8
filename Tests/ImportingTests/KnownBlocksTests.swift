import Foundation
import GRDB
import Hits
import ImportSupport
import StatsStore
import TestSupport
import Testing

@testable import Importing

/// Whole blocks of known lines are skipped unread, and the books do not show it.
@Suite struct KnownBlocksTests {
  private static let withoutBooks = "UPDATE block SET books = NULL"

  private static func run(_ scratch: Scratch, _ path: String, site: String?) throws -> ImportSummary {
    var options = scratch.options([path], site: site)
    options.windowLines = 3_000
    return try ImportRun(options).run(onProblem: { Issue.record("\($0)") }, onProgress: { _ in })
  }

  private static func change(_ scratch: Scratch, _ sql: String) throws -> Int {
    let queue = try DatabaseQueue(path: scratch.database)
    return try queue.write { db in
      try db.execute(sql: sql)
      return db.changesCount
    }
  }

  /// Returns the outcomes of an import's lines, by site and day.
  private static func books(_ scratch: Scratch, _ id: Int64) throws -> [String] {
    let queue = try DatabaseQueue(path: scratch.database)
    return try queue.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT format('%d %d %s %d', site, day, outcome, sum(lines)) FROM outcome
          JOIN import_file ON import_file.id = file WHERE import = ? GROUP BY site, day, outcome
          """, arguments: [id])
    }
  }

  /// Three days with some malformed lines, longer than several chunks. There are about 22 blocks, but their ends
  /// depend on the random key, so the tests require only a few.
  private static func log() -> [String] {
    var lines = (1...3).flatMap { Scratch.lines(day: $0, count: 8_000, seed: UInt64($0)) }
    lines.insert("no line of a log", at: 5_000)
    lines.insert("", at: 5_001)
    return lines
  }

  @Test func aCopyEndsInTheSameBooksReadOrPassedOver() throws {
    let scratch = try Scratch()
    let log = Self.log()
    _ = try Self.run(scratch, scratch.write(log), site: "example.com")
    let copy = try scratch.write(["192.0.2.1 no line either"] + log, to: "copy.log")
    let passedOver = try Self.run(scratch, copy, site: "example.com")
    #expect(try Self.change(scratch, Self.withoutBooks) > 4)
    let again = try scratch.write(["192.0.2.1 no line either"] + log + [""], to: "again.log")
    let read = try Self.run(scratch, again, site: "example.com")

    #expect(passedOver.outcomes[.alreadyImported] == log.count)
    #expect(read.outcomes[.alreadyImported] == log.count + 1)
    #expect(
      try Self.books(scratch, read.id).filter { !$0.contains("malformed") && !$0.hasPrefix("0 ") }
        == Self.books(scratch, passedOver.id).filter { !$0.contains("malformed") && !$0.hasPrefix("0 ") })
  }

  /// The outcomes now come from the changed books of the blocks, which proves that the lines were not read. A block
  /// with a malformed line is read.
  @Test func linesOfWholeBlocksAreNotRead() throws {
    let scratch = try Scratch()
    let log = Self.log()
    _ = try Self.run(scratch, scratch.write(log), site: "example.com")
    let blocks = try Self.change(
      scratch, "UPDATE block SET books = (SELECT id FROM site) || ' 7 ' || lines WHERE books IS NOT NULL")
    let copy = try Self.run(scratch, scratch.write(log, to: "copy.log"), site: "example.com")
    #expect(copy.outcomes[.alreadyImported] == log.count)
    let passedOver = try Self.books(scratch, copy.id).first { $0.contains(" 7 already_imported ") }
    let lines = try #require(passedOver.flatMap { Int($0.split(separator: " ")[3]) })
    #expect(blocks > 4)
    #expect(lines > log.count / 4)
    #expect(lines <= log.count - 64)
  }

  /// Books that are impossible, or that name sites not asked for, are ignored.
  @Test(arguments: ["'1 7 3'", "'99 7 ' || lines", "'nonsense'", "''"])
  func otherBooksAreNotBelieved(_ books: String) throws {
    let scratch = try Scratch()
    let log = Self.log()
    _ = try Self.run(scratch, scratch.write(log), site: "example.com")
    _ = try Self.change(scratch, "UPDATE block SET books = \(books)")
    let copy = try Self.run(scratch, scratch.write(log, to: "copy.log"), site: "example.com")
    #expect(copy.outcomes[.alreadyImported] == log.count)
    #expect(try !Self.books(scratch, copy.id).contains { $0.contains(" 7 ") })
  }

  /// A block keeps its books when its day is sealed. The last block may be too short to be recognised; a window that
  /// ended inside it would split it, so this log is one window.
  @Test func linesOfSealedBlocksAreNotRead() throws {
    let scratch = try Scratch()
    let log = (1...2).flatMap { Scratch.lines(day: $0, count: 8_000, seed: UInt64($0)) }
    try scratch.importLines(log, atOnce: true)
    #expect(
      try Self.change(scratch, "UPDATE block SET books = '1 7 ' || lines WHERE hashes IS NULL AND books <> ''") > 2)
    let copy = try scratch.importLines(log, as: "copy.log")
    #expect(copy.outcomes[.alreadyImported] > log.count - 16)
    #expect(copy.outcomes[.pageview] == 0)
    #expect(try Self.books(scratch, copy.id).contains { $0.contains(" 7 already_imported ") })
  }

  /// A log can also be counted for another site, if the operator asks for it.
  @Test func linesCountedForAnotherSiteAreRead() throws {
    let scratch = try Scratch()
    let log = Self.log()
    _ = try Self.run(scratch, scratch.write(log), site: "example.com")
    let other = try Self.run(scratch, scratch.write(log, to: "copy.log"), site: "example.org")
    #expect(other.outcomes[.alreadyImported] == log.count)
    #expect(try Self.books(scratch, other.id).allSatisfy { !$0.hasPrefix("1 ") })
  }

  /// Excluded lines are found by reading them.
  @Test func rulesLookAtEachLine() throws {
    let scratch = try Scratch()
    let log = Self.log()
    _ = try Self.run(scratch, scratch.write(log), site: "example.com")
    var options = scratch.options([try scratch.write(log, to: "copy.log")], site: "example.com")
    options.selection = try LineSelection(
      since: nil, until: nil, now: 0, rules: LineSelection.Texts(exclude: ["path:/page/7"]))
    let summary = try ImportRun(options).run(onProblem: { Issue.record("\($0)") }, onProgress: { _ in })
    #expect(summary.outcomes[.excluded] == log.count { $0.contains(" /page/7 ") })
    #expect(summary.outcomes[.alreadyImported] == log.count - summary.outcomes[.excluded])
  }
}

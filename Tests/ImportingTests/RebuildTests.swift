import Foundation
import ImportSupport
import Hits
import Importing
import Rollups
import Sealing
import StatsStore
import Testing

@Suite struct RebuildTests {
  static let first: Int32 = 19_967

  private static func rebuild(_ scratch: Scratch, _ paths: [String], day: Int32 = first) throws -> RebuildRun.Effect {
    let run = try RebuildRun(scratch.options(paths, site: "example.com"), site: "example.com", day: day)
    let effect = try run.count(onProblem: { _ in }, onProgress: { _ in })
    #expect(try run.replace(by: effect))
    return effect
  }

  /// Whatever was there before, a rebuilt day equals an import of all its lines. Other days stay as they are.
  @Test(arguments: [true, false]) func aDayBecomesWhatItsArchivesSay(_ wasSealed: Bool) throws {
    let first = Scratch.lines(day: 1, count: 500, seed: 31)
    let second = Scratch.lines(day: 2, count: 500, seed: 32)
    let whole = try Scratch()
    try whole.importLines(first + second)

    let scratch = try Scratch()
    try scratch.importLines(Array(first.prefix(300)) + second, atOnce: wasSealed)
    let archive = try scratch.write(first + Array(second.prefix(100)), to: "archive.log")
    let copy = try scratch.write(Array(first.suffix(350)), to: "overlapping.log")
    let effect = try Self.rebuild(scratch, [archive, copy])
    #expect(effect.old.pageviews == 300 && effect.new.pageviews == 500)
    #expect(effect.isOpen == !wasSealed)
    #expect(effect.summary.outcomes[.outOfRange] == 100 && effect.summary.outcomes[.alreadyImported] == 350)
    let wanted = try whole.dump()
    #expect(try scratch.dump() == wanted)
    #expect(try scratch.salts() == (wasSealed ? [] : ["2024-09-02"]), "the rebuilt day is sealed and its salt is gone")
    let late = try scratch.importLines(first, as: "again.log")
    #expect(late.outcomes[.pageview] == 0)
    #expect(try scratch.dump() == wanted)
  }

  /// The lines that a rebuild read replace those that earlier imports added to the day. Late lines that follow are
  /// counted in addition.
  @Test func theBooksOfTheDayAreThoseOfTheRebuild() throws {
    let scratch = try Scratch()
    let lines = Scratch.lines(day: 1, count: 400, seed: 36)
    try scratch.importLines(Array(lines.prefix(300)), atOnce: true)
    _ = try Self.rebuild(scratch, [try scratch.write(lines, to: "archive.log")])
    try scratch.importLines(Scratch.lines(day: 1, count: 20, seed: 37), as: "late.log")
    let outcomes = try StatsStore(path: scratch.database, mode: .read).withStatistics(of: 1) { statistics throws in
      try statistics.outcomes(in: Self.first...Self.first)
    }
    #expect(outcomes[.pageview] == 400 && outcomes[.late] == 20 && outcomes.total == 420)
  }

  @Test func theSameArchivesChangeNothing() throws {
    let scratch = try Scratch()
    let lines = Scratch.lines(day: 1, count: 500, seed: 33)
    try scratch.importLines(lines, atOnce: true)
    let dump = try scratch.dump()
    let effect = try Self.rebuild(scratch, [scratch.folder + "/access.log"])
    #expect(effect.old == effect.new)
    #expect(try scratch.dump() == dump)
  }

  @Test func refusalsChangeNothing() throws {
    let scratch = try Scratch()
    let lines = Scratch.lines(day: 1, count: 100, seed: 34)
    try scratch.importLines(lines, atOnce: true)
    let dump = try scratch.dump()
    let log = scratch.folder + "/access.log"
    let tomorrow = Int32(Date().timeIntervalSince1970 / 86_400) + 1
    #expect(throws: Refusal.self) { try Self.rebuild(scratch, [log], day: tomorrow) }
    #expect(throws: ImportFailure.self, "no line of that day") { try Self.rebuild(scratch, [log], day: Self.first + 5) }
    #expect(throws: ImportFailure.self, "one of the logs is missing") {
      try Self.rebuild(scratch, [log, scratch.folder + "/missing.log"])
    }
    #expect(throws: StoreError.noSuchSite(name: "example.net")) {
      try RebuildRun(scratch.options([log], site: nil), site: "example.net", day: Self.first)
    }
    #expect(try scratch.dump() == dump)
  }

  /// In a log with a host field, lines of other sites are not counted.
  @Test func hostsTellWhoseLinesTheyAre() throws {
    let scratch = try Scratch()
    let lines = Scratch.lines(day: 1, count: 200, seed: 35)
    try scratch.importLines(lines, atOnce: true)
    let mixed = lines.enumerated().map { number, line in
      (number % 2 == 0 ? "www.example.com:443 " : "example.org:443 ") + line
    }
    let effect = try Self.rebuild(scratch, [try scratch.write(mixed, to: "vhosts.log")])
    #expect(effect.new.pageviews == 100 && effect.summary.outcomes[.unknownSite] == 100)
  }

  @Test func aRebuildIsListedAndCannotBeUndone() throws {
    let scratch = try Scratch()
    try scratch.importLines(Scratch.lines(day: 1, count: 100, seed: 36), atOnce: true)
    _ = try Self.rebuild(scratch, [scratch.folder + "/access.log"])
    let listed = try StatsStore(path: scratch.database, mode: .read).imports()
    #expect(listed.map(\.rebuiltDay) == [nil, Self.first])
    #expect(listed.last?.outcomes[.pageview] == 100)
    #expect(throws: Refusal.self) { try scratch.undo(2) }
  }
}

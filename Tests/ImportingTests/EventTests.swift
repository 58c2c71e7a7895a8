import Hits
import ImportSupport
import Importing
import Testing

/// Events are treated like page views: removed by an undo, restored from the archives, late on sealed days.
@Suite struct EventTests {
  static let rules = ["/page/1* -> Looked {page: $path, method: $method}", "POST|PUT 2xx -> Sent"]
  static let day: Int32 = 19_967

  /// Returns page views of a day; every fifth is a submitted form.
  private static func lines(_ count: Int, seed: UInt64) -> [String] {
    Scratch.lines(day: 1, count: count, seed: seed).enumerated().map { number, line in
      number % 5 == 0 ? line.replacing("GET", with: "POST") : line
    }
  }

  private static func events(_ dump: String) -> [Substring] {
    dump.split(separator: "\n").filter { $0.contains("\tevent") }
  }

  @Test func undoTakesEventsBack() throws {
    let scratch = try Scratch()
    let lines = Self.lines(600, seed: 61)
    try scratch.importLines(Array(lines.prefix(300)), events: Self.rules)
    let before = try scratch.dump()
    let summary = try scratch.importLines(lines, events: Self.rules)
    #expect(summary.outcomes[.event] > 50 && summary.outcomes[.alreadyImported] == 300)
    #expect(Self.events(try scratch.dump()) != Self.events(before))
    try scratch.undo(2)
    #expect(try scratch.dump() == before)
    #expect(try scratch.importLines(lines, events: Self.rules).outcomes[.event] == summary.outcomes[.event])
  }

  @Test func aRebuiltDayHasTheEventsOfItsRules() throws {
    let scratch = try Scratch()
    let lines = Self.lines(500, seed: 62)
    try scratch.importLines(lines, events: Self.rules, atOnce: true)
    let imported = try scratch.dump()
    #expect(Self.events(imported).count > 10)
    var counts: [Int64] = []
    for rules in [[], Self.rules] {
      let options = scratch.options([scratch.folder + "/access.log"], site: nil, events: rules)
      let run = try RebuildRun(options, site: "example.com", day: Self.day)
      let effect = try run.count(onProblem: { _ in }, onProgress: { _ in })
      counts += [effect.events.old, effect.events.new]
      #expect(try run.replace(by: effect))
      #expect(Self.events(try scratch.dump()).isEmpty == rules.isEmpty)
    }
    #expect(counts[0] > 100 && counts == [counts[0], 0, 0, counts[0]])
    #expect(try scratch.dump() == imported)
  }

  @Test func eventsOfSealedDaysAreLate() throws {
    let scratch = try Scratch()
    let lines = Self.lines(200, seed: 63)
    try scratch.importLines(Array(lines.prefix(150)), atOnce: true)
    let summary = try scratch.importLines(Array(lines.suffix(20)), as: "rest.log", events: Self.rules)
    #expect(summary.outcomes[.late] == 20)
    #expect(Self.events(try scratch.dump()).isEmpty)
  }
}

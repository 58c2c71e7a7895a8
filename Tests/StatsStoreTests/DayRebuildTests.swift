import Foundation
import GRDB
import Hits
import TestSupport
import Testing

@testable import StatsStore

@Suite struct DayRebuildTests {
  private static let hits: [TextHit] = {
    var generator = SeededGenerator(seed: 16)
    return (0..<900).map { _ in TextHit.random(using: &generator) }
  }()

  private func rebuilt(_ parts: [[TextHit]]) throws -> TestStore {
    let test = try TestStore()
    try test.add(parts)
    try test.store.rebuildDirtyDays()
    return test
  }

  @Test func statisticsHangOnTheHitsAndNotOnTheImports() throws {
    let whole = try rebuilt([Self.hits])
    let expected = try whole.dump()
    #expect(expected.split(separator: "\n").count > 100)
    #expect(try whole.dump() == expected)
    var generator = SeededGenerator(seed: 17)
    for parts in [2, 5, 9] {
      let shuffled = Self.hits.shuffled(using: &generator)
      let test = try rebuilt(
        (0..<parts).map { part in
          shuffled.enumerated().filter { $0.offset % parts == part }.map(\.element)
        })
      #expect(try test.dump() == expected)
    }
  }

  /// Sixty people who load parts, and a fleet of 200 under one client of whom one does, in any number of imports.
  private static func crowd(shared page: String?) -> [TextHit] {
    var hits: [TextHit] = []
    for number in 0..<260 {
      let isOfFleet = number >= 60
      var hit = TextHit(visitor: UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15, second: 7, page: "/p\(number % 7)")
      if isOfFleet {
        hit.client = ["Chrome", "142", "Windows", "10", "desktop"]
        hit.traits = number == 60 ? [.noReferrer, .notModified] : .noReferrer
        if let page { hit.page = page }
      } else {
        hit.client = ["Firefox", "\(140 + number % 5)", "Linux", "", "desktop"]
        hit.traits = [.notModified, .ownReferrer]
        hits.append(hit)
        hit.second = 67
      }
      hits.append(hit)
    }
    return hits
  }

  @Test(arguments: [1, 3]) func fleetsAreTakenOutButForThoseThatLoad(_ imports: Int) throws {
    var generator = SeededGenerator(seed: 20)
    let hits = Self.crowd(shared: nil).shuffled(using: &generator)
    var parts = [[TextHit]](repeating: [], count: imports)
    for (index, hit) in hits.enumerated() { parts[index % imports].append(hit) }
    let test = try rebuilt(parts)
    let lines = try test.dump().split(separator: "\n")
    #expect(lines.contains("agg\texample.com\t2026-11-09\tbehaviour\tfleet\t199\t199\t0\t0\t0\t0"))
    #expect(lines.contains("agg\texample.com\t2026-11-09\ttotal\t0\t121\t61\t61\t1\t3600\t61"))
    #expect(try test.store.read { try Bool.fetchOne($0, sql: "SELECT people_load FROM day") } == true)
  }

  /// A page that nobody else views has no parts, as far as anybody knows.
  @Test func whoReadsAPageOfTheirOwnIsNoFleet() throws {
    let dump = try rebuilt([Self.crowd(shared: "/notes.txt")]).dump()
    #expect(!dump.contains("\tfleet\t"))
    #expect(dump.contains("\ttotal\t0\t320\t260\t260\t200\t3600\t61\n"))
  }

  @Test func countingAnewWhileImportsComeIsTheSameAsOnceAtTheEnd() throws {
    let test = try TestStore()
    for part in 0..<3 {
      try test.add([Array(Self.hits[part * 300..<part * 300 + 300])])
      #expect(try test.store.rebuildDirtyDays() == 2)
    }
    #expect(try test.dump() == rebuilt([Self.hits]).dump())
  }

  @Test func countingAnewChangesNothing() throws {
    let test = try rebuilt([Self.hits])
    let before = try test.dump()
    #expect(try test.store.rebuildDirtyDays() == 0)
    try test.store.write { try $0.execute(sql: "UPDATE day SET dirty = 1") }
    var days: [Int32] = []
    #expect(try test.store.rebuildDirtyDays { days.append($0) } == 2)
    #expect(days == [20_766, 20_767])
    #expect(try test.dump() == before)
  }

  @Test func onlyDaysThatWereTouchedAreCountedAnew() throws {
    let test = try rebuilt([Self.hits])
    try test.add([[TextHit(day: 20_767)]])
    var days: [Int32] = []
    try test.store.rebuildDirtyDays { days.append($0) }
    #expect(days == [20_767])
  }

  /// Several threads get the same result for each day, which is valid only while nobody adds to the day.
  @Test func daysCountedTogetherAreTheSame() throws {
    var generator = SeededGenerator(seed: 19)
    let hits = (0..<900).map { _ in
      var hit = TextHit.random(using: &generator)
      hit.day = 20_760 + Int32.random(in: 0..<7, using: &generator)
      return hit
    }
    let expected = try rebuilt([hits]).dump()
    let test = try TestStore()
    try test.add([Array(hits[..<600])])
    let days = try test.store.dirtyDays()
    #expect(days.count == 7 && days.reduce(0) { $0 + $1.hits } == 600)
    let counters = try #require(DayCounters(for: days, path: test.store.path, cores: 4, fewestHits: 600))
    let ahead = try #require(counters.start(days[2...], test.store.dictionary))
    #expect(ahead.places == 2..<7 && ahead.take(1) == nil && ahead.take(7) == nil)
    let counted = try (2...6).map { try #require(ahead.take($0)) }
    // The later results are discarded, since hits are added to all days.
    try test.add([Array(hits[600...])])
    try test.store.write { db in
      var rows = DayRows()
      for place in 2...6 { try days[place].rebuild.run(counted[place - 2], &rows, &test.store.dictionary, db) }
      try rows.insert(db)
    }
    #expect(try test.store.rebuildDirtyDays() == 2)
    #expect(try test.dump() == expected)
    try test.store.write { try $0.execute(sql: "UPDATE day SET dirty = 1; DELETE FROM agg; DELETE FROM visit_cube") }
    let all = try test.store.dirtyDays()
    let again = try #require(DayCounters(for: all, path: test.store.path, cores: 8, fewestHits: 900))
    let together = try #require(again.start(all[...], test.store.dictionary))
    // Days are written, and texts get ids, while the following days are counted.
    for place in 0..<7 {
      try test.store.write { db in
        let day = try #require(together.take(place))
        var rows = DayRows()
        try all[place].rebuild.run(day, &rows, &test.store.dictionary, db)
        try rows.insert(db)
      }
    }
    #expect(try test.dump() == expected)
  }

  /// However many rows are inserted together, they are the same.
  @Test(arguments: [1, 3, 50, DayRows.most]) func rowsOfDaysInsertedTogetherAreTheSame(_ most: Int) throws {
    let test = try rebuilt([Self.hits])
    let before = try test.dump()
    try test.store.write { try $0.execute(sql: "UPDATE day SET dirty = 1") }
    let days = try test.store.dirtyDays()
    try test.store.write { db in
      var rows = DayRows(most: most)
      for day in days.reversed() { try day.rebuild.run(nil, &rows, &test.store.dictionary, db) }
      try rows.insert(db)
      #expect(rows.count == 0)
    }
    #expect(try test.dump() == before)
  }

  @Test func daysAreCountedOneByOneWhereThatIsAsGood() throws {
    let test = try TestStore()
    try test.add([Self.hits])
    let days = try test.store.dirtyDays()
    #expect(days.count == 2)
    #expect(DayCounters(for: days, path: test.store.path, cores: 1, fewestHits: 1) == nil)
    #expect(DayCounters(for: days, path: test.store.path, cores: 2, fewestHits: 901) == nil)
    #expect(DayCounters(for: [days[0]], path: test.store.path, cores: 2, fewestHits: 1) == nil)
    let counters = try #require(
      DayCounters(
        for: days, path: test.store.path, cores: 2, fewestHits: 900, mostBytes: days[0].bytes + days[1].bytes - 1))
    #expect(counters.start(days[...], test.store.dictionary) == nil)
  }

  @Test func daysAheadThatCannotBeCountedOrAreGivenUpLeaveNoThread() throws {
    let test = try rebuilt([Self.hits])
    try test.store.write { db in
      try db.execute(
        sql: """
          UPDATE day SET dirty = 1;
          UPDATE run SET data = substr(data, 1, length(data) - 1) WHERE day = (SELECT max(day) FROM run)
          """)
    }
    let days = try test.store.dirtyDays()
    let counters = try #require(DayCounters(for: days, path: test.store.path, cores: 2, fewestHits: 1))
    let ahead = try #require(counters.start(days[...], test.store.dictionary))
    #expect(ahead.take(0) != nil && ahead.take(1) == nil)
    let givenUp = try #require(counters.start(days[...], test.store.dictionary))
    givenUp.giveUp()
    #expect(try test.store.dirtyDays().count == 2)
  }

  @Test func damagedHitsAreAnErrorAndLeaveTheStatistics() throws {
    let test = try rebuilt([Self.hits])
    let before = try test.dump()
    try test.store.write { db in
      try db.execute(sql: "UPDATE run SET data = substr(data, 1, length(data) - 1); UPDATE day SET dirty = 1")
    }
    let error = #expect(throws: StoreError.self) { try test.store.rebuildDirtyDays() }
    #expect(error?.isInputOutput == true)
    #expect(try test.dump() == before)
  }

  @Test(arguments: ["", "zeroblob", "random"]) func whateverDamageThereIsNothingCrashes(_ kind: String) throws {
    var generator = SeededGenerator(seed: 18)
    let test = try rebuilt([Self.hits])
    for _ in 0..<(kind == "random" ? 60 : 1) {
      let data: Data
      switch kind {
      case "random":
        let packed = RunCodec.pack([
          .init(
            visitor: 1, client: 1, place: 2, hit: TimedHit(second: 5, kind: .event, page: 3, acquisition: 4, event: 5)),
          .init(visitor: 2, client: 1, place: 2, hit: TimedHit(second: 9, kind: .pageview, page: 3, acquisition: 4)),
        ])
        var bytes = packed[0].data
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: .min ... .max, using: &generator)
        data = Data(bytes)
      case "zeroblob": data = Data(count: 1_000)
      default: data = Data()
      }
      try test.store.write { db in
        try db.execute(sql: "UPDATE run SET data = ?; UPDATE day SET dirty = 1", arguments: [data])
      }
      do {
        try test.store.rebuildDirtyDays()
      } catch let error as StoreError {
        #expect(error.isInputOutput)
      }
    }
  }
}

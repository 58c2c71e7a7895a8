import ByteScanning
import GRDB
import Hits
import Rollups
import TestSupport
import Testing

@testable import StatsStore

/// Texts that are stored already are named anew: exactly while days are open, and afterwards with an upper bound of
/// visitors.
@Suite struct RenamingTests {
  private static let day: Int32 = 20_766

  /// Joins `/a`, `/a/` and `/a/index.html`, and replaces names in everything else.
  private static var renaming: Renaming {
    Renaming(
      page: { _, text in page(text) }, pastPage: { $1 }, source: { _, text in value(text) },
      referrer: { _, text in text.hasPrefix("m.example/") ? "m.example/:name" : text },
      value: { _, text in value(text) })
  }

  private static func page(_ text: String) -> String {
    "/" + text.split(separator: "/").filter { $0 != "index.html" }.joined(separator: "/")
  }

  private static func value(_ text: String) -> String { text.contains("@") ? ":email" : text }

  /// Hits of people with names that are joined, two days, and many in one second.
  private static func hits(_ count: Int, seed: UInt64) -> [TextHit] {
    var generator = SeededGenerator(seed: seed)
    func one<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &generator)] }
    return (0..<count).map { _ in
      var hit = TextHit.random(using: &generator)
      hit.page = one(["/", "//", "/a", "/a/", "//a/index.html", "/b", "/b/c", "/b//c/", "/index.html"])
      hit.acquisition = one([
        ["Direct / None", "Direct", "", "", "", "", "", ""],
        ["Google", "Organic Search", "google.com", "", "", "", "", ""],
        ["m.example", "Referral", "m.example/anna", "", "", "", "", ""],
        ["m.example", "Referral", "m.example/bob", "", "", "", "", ""],
        ["a@b.example", "Referral", "", "a@b.example", "", "c@b.example", "", "d@b.example"],
        ["c@b.example", "Referral", "", "c@b.example", "", "c@b.example", "e@b.example", ""],
        ["c@b.example", "Email", "m.example/bob", "c@b.example", "email", "", "", ""],
      ])
      hit.event = one([
        ["buy"], ["buy", "who", "a@b.example"], ["buy", "who", "c@b.example", "what", "x"], ["a@b.example"],
        ["c@b.example", "d@b.example", "y"],
      ])
      return hit
    }
  }

  /// Returns a hit as a line under the new names would have left it.
  private static func named(_ hit: TextHit) -> TextHit {
    var hit = hit
    hit.page = page(hit.page)
    hit.acquisition = hit.acquisition.enumerated().map { index, part in
      index == 2 ? (part.hasPrefix("m.example/") ? "m.example/:name" : part) : value(part)
    }
    hit.event = hit.event.map(value)
    return hit
  }

  /// Requests of two robots, and readers of feeds, for pages with these names.
  private static func addRobots(to test: TestStore, _ name: (String) -> String) throws {
    let id = try test.store.beginImport(version: "test", site: nil, now: 0)
    var part = ImportPart(importID: id, file: nil, name: "r.log", format: "combined", now: 1_800_000_000)
    var batch = HitBatch()
    let pages = ["/a", "/a/", "/b", "/feed", "/feed/", "//feed"].map { batch.pages.intern(name($0)) }
    for number in 0..<60 {
      let robot = batch.robots.intern("R\(number % 2)\u{1F}O\u{1F}feed_reader\u{1F}claimed")
      let page = pages[number % pages.count]
      batch.robotRequests.append(
        RobotRequest(
          line: Int32(number), site: test.site, day: day, robot: robot, page: page, thing: .feed, answer: .ok,
          bytes: Int64(number)))
      guard number % 6 >= 3 else { continue }
      batch.feedRequests.append(
        FeedRequest(
          line: Int32(number), site: test.site, day: day, robot: robot, page: page,
          reader: FeedReader(id: UInt64(number % 11), subscribers: number % 5 == 0 ? UInt32(number) : 0)))
    }
    part.lines = 60
    part.robots = [RobotSlice(batch: batch, requests: batch.robotRequests, feeds: batch.feedRequests)]
    part.outcomes[OutcomeKey(site: test.site, day: day, outcome: .botUserAgent)] = 60
    _ = try test.store.commit(part)
  }

  private static func filled(_ hits: [TextHit], _ name: (String) -> String = { $0 }) throws -> TestStore {
    let test = try TestStore()
    try test.add([Array(hits.prefix(hits.count / 3)), Array(hits.dropFirst(hits.count / 3))])
    try addRobots(to: test, name)
    try test.store.rebuildDirtyDays()
    return test
  }

  /// What a database holds after a renaming and the steps that follow it.
  private static func rename(_ test: TestStore) throws -> RenamedTexts {
    let expected = try test.store.effectOfRenaming(by: renaming)
    let effect = try test.store.rename(by: renaming)
    #expect(effect == expected)
    try test.store.sweep()
    return effect
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func openDaysAreAsIfTheirLinesHadBeenReadUnderTheNewNames(_ seed: UInt64) throws {
    let hits = Self.hits(900, seed: seed)
    let test = try Self.filled(hits)
    let effect = try Self.rename(test)
    #expect(effect.sites.map { [$0.sealedDays, $0.openDays] } == [[0, 2]])
    let wanted = try Self.filled(hits.map(Self.named), Self.page)
    #expect(try test.dump() == wanted.dump())
    for table in ["dict", "robot_run", "feed_run"] {
      func rows(_ test: TestStore) throws -> Int? {
        try test.store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
      }
      #expect(try rows(test) == rows(wanted), "\(table)")
    }
    // A later import, and an undo, find the same days.
    for each in [test, wanted] {
      try each.add([Self.hits(50, seed: 9).map(Self.named)])
      try each.store.undo(1)
      try each.store.rebuildDirtyDays()
    }
    #expect(try test.dump() == wanted.dump())
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64]) func sealedDaysKeepWhatCanBeAddedUp(_ seed: UInt64) throws {
    var hits = Self.hits(600, seed: seed)
    // The order of hits in one second would depend on their names.
    for index in hits.indices { hits[index].second = Int32(index) * 140 }
    let test = try Self.filled(hits)
    #expect(try test.store.seal(test.store.openDays()).count == 2)
    let effect = try Self.rename(test)
    #expect(effect.sites.map { [$0.sealedDays, $0.openDays] } == [[2, 0]])
    #expect(effect.sites[0].values.contains { $0.dimension == "page" && $0.joined > 0 })
    let wanted = try Self.filled(hits.map(Self.named), Self.page)
    for day in [Self.day, Self.day + 1] {
      let (found, exact) = (
        try test.store.statistics(site: test.site, day: day), try wanted.store.statistics(site: wanted.site, day: day)
      )
      expectBound(found.aggregates, exact.aggregates, total: found.total)
      expectBound(found.cells, exact.cells, total: found.total)
    }
  }

  private func expectBound(
    _ found: [DayStatistics.Aggregate], _ exact: [DayStatistics.Aggregate], total: Counts
  ) {
    func keyed(_ rows: [DayStatistics.Aggregate]) -> [String: [Int64]] {
      Dictionary(uniqueKeysWithValues: rows.map { ("\($0.dimension) \($0.text ?? "\($0.number ?? 0)")", $0.counts) })
    }
    let (found, exact) = (keyed(found), keyed(exact))
    #expect(Set(found.keys) == Set(exact.keys))
    for (key, counts) in exact {
      let row = found[key] ?? []
      guard row.count == 6 else { continue }
      #expect([row[0], row[3], row[4]] == [counts[0], counts[3], counts[4]], "page views, bounces, seconds of \(key)")
      #expect(row[1] >= counts[1] && row[2] >= counts[2] && row[5] >= counts[5], "\(key)")
      let isOfVisitors = ![Dimension.notFound, .feed].map { "\($0.rawValue) " }.contains { key.hasPrefix($0) }
      #expect(!isOfVisitors || (row[1] <= total.visitors && row[2] <= total.visits), "\(key)")
    }
  }

  private func expectBound(_ found: [DayStatistics.Cell], _ exact: [DayStatistics.Cell], total: Counts) {
    for cube in Cube.allCases {
      let (found, exact) = (found.filter { $0.cube == cube }, exact.filter { $0.cube == cube })
      #expect(Set(found.map(\.texts)) == Set(exact.map(\.texts)))
      for texts in Set(exact.map(\.texts)) {
        func sum(_ cells: [DayStatistics.Cell], _ name: String) -> Int64 {
          let number = cube.numbers.firstIndex(of: name) ?? 0
          return cells.reduce(0) { $1.texts == texts ? $0 + $1.numbers[number] : $0 }
        }
        // A visit may have two pages, or two events, that have one name now.
        let exactly =
          switch cube {
          case .visits, .entries: ["pageviews", "bounces", "seconds", "visits"]
          case .pages: ["pageviews", "bounces", "seconds"]
          case .events: ["events"]
          case .nextPages: ["pageviews"]
          }
        for name in exactly { #expect(sum(found, name) == sum(exact, name), "\(cube) \(texts) \(name)") }
        #expect(sum(found, "visitors") >= sum(exact, "visitors") && sum(found, "visits") >= sum(exact, "visits"))
        if cube == .visits {
          for name in ["visitors_of_channel", "visitors_of_day"] { #expect(sum(found, name) == sum(exact, name)) }
          #expect(sum(found, "visitors") <= total.visitors)
        }
      }
    }
    var ofSource: [String: Int64] = [:]
    for cell in found where cell.cube == .visits { ofSource[cell.texts[0], default: 0] += cell.numbers[5] }
    for (source, visitors) in ofSource {
      let own = exact.reduce(0) { $1.cube == .visits && $1.texts[0] == source ? $0 + $1.numbers[5] : $0 }
      #expect(visitors >= own && visitors <= total.visitors, "\(source)")
    }
  }

  @Test func aSecondTimeChangesNothing() throws {
    let test = try Self.filled(Self.hits(300, seed: 5))
    _ = try test.store.seal(test.store.openDays().filter { $0.day == Self.day })
    let before = try test.dump()
    let texts = "SELECT group_concat(text) FROM (SELECT text FROM dict ORDER BY id)"
    let stored = try test.store.read { try String.fetchOne($0, sql: texts) }
    let effect = try test.store.effectOfRenaming(by: Self.renaming)
    #expect(effect.sites.map { [$0.sealedDays, $0.openDays] } == [[1, 1]])
    #expect(try test.dump() == before)
    #expect(try test.store.read { try String.fetchOne($0, sql: texts) } == stored, "asking writes nothing")
    _ = try Self.rename(test)
    let after = try test.dump()
    #expect(after != before && !after.contains("@") && !after.contains("/a/"))
    #expect(try test.store.rename(by: Self.renaming).isEmpty)
    #expect(try test.dump() == after)
  }

  /// Two values of one day are joined with a third one; each row is the six measures.
  @Test(
    arguments: [
      // Sums below the total.
      (Dimension.page, [3, 1, 1, 0, 5, 1], [4, 2, 2, 1, 6, 0], [7, 3, 3, 1, 11, 1]),
      // Visitors and visits end at the day's total, page views do not.
      (.page, [30, 4, 6, 0, 5, 2], [40, 4, 5, 1, 6, 2], [70, 5, 8, 1, 11, 3]),
      (.exitPage, [9, 5, 5, 0, 5, 1], [9, 3, 3, 1, 6, 1], [18, 5, 8, 1, 11, 2]),
      // Who only asked for missing pages is not in the total.
      (.notFound, [8, 8, 0, 0, 0, 1], [9, 9, 0, 0, 0, 1], [17, 17, 0, 0, 0, 2]),
      // Counted by rules that did not ask who loads.
      (.page, [1, 1, 1, 0, 0, nil], [1, 1, 1, 0, 0, 1], [2, 2, 2, 0, 0, nil]),
    ] as [(Dimension, [Int64?], [Int64?], [Int64?])])
  func joinedRowsAreSums(_ dimension: Dimension, _ one: [Int64?], _ two: [Int64?], _ sum: [Int64?]) throws {
    let test = try TestStore()
    try test.store.write { db in
      try db.execute(
        sql: """
          INSERT INTO dict VALUES(1, '/a/'), (2, '/a'), (3, '(other)');
          INSERT INTO day(site, day, state, counting, touched_at, touched_by) VALUES(1, 20766, 'sealed', 3, 0, 0);
          INSERT INTO calendar VALUES(20766, '2026-11-09');
          INSERT INTO agg VALUES(1, 0, 20766, 0, 99, 5, 8, 2, 100, 3);
          """)
      for (value, row) in [(1, one), (2, two), (3, two)] {
        try db.execute(
          sql: "INSERT INTO agg VALUES(1, ?, 20766, ?, ?, ?, ?, ?, ?, ?)",
          arguments: [dimension.rawValue, value] + StatementArguments(row))
      }
    }
    let effect = try test.store.rename(by: Self.renaming)
    #expect(
      effect.sites == [
        RenamedTexts.Site(
          host: "example.com", sealedDays: 1, openDays: 0,
          values: [.init(dimension: dimension.name, texts: 1, names: 1, rows: 1, joined: 1)])
      ])
    let rows = try test.store.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM agg WHERE dim = ? ORDER BY value", arguments: [dimension.rawValue])
    }
    #expect(rows.map { row in (4..<10).map { row[$0] as Int64? } } == [sum, two])
    let texts = try test.store.read { try String.fetchAll($0, sql: "SELECT text FROM dict ORDER BY id") }
    #expect(texts == ["/a", "(other)"])
  }

  @Test func eachSiteHasItsOwnNames() throws {
    let test = try TestStore()
    let other = try test.store.site(host: "shop.example", timeZone: nil, byImport: false, now: 0).id
    let id = try test.store.beginImport(version: "test", site: nil, now: 0)
    for site in [test.site, other] {
      _ = try test.store.commit(ImportPart([TextHit(page: "/user/anna")], site: site, import: id))
    }
    try test.store.rebuildDirtyDays()
    let own = test.site
    let renaming = Renaming(
      page: { site, text in site == own && text.hasPrefix("/user/") ? "/user/:name" : text }, pastPage: { $1 },
      source: { $1 },
      referrer: { $1 }, value: { $1 })
    #expect(try test.store.rename(by: renaming).sites.map(\.host) == ["example.com"])
    for (site, page) in [(test.site, "/user/:name"), (other, "/user/anna")] {
      let rows = try test.store.rows(site: site, day: Self.day).filter { $0.dimension == .page }
      #expect(rows.map(\.value) == [page])
    }
  }
}

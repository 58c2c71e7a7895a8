import Foundation
import GRDB
import Hits
import Rollups
import TestSupport
import Testing

@testable import StatsStore

/// Opening, refusing and locking databases.
@Suite struct StatsStoreTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("stats.db")
  }

  private func open(_ mode: StatsStore.Mode = .write(wait: 0)) throws -> StatsStore {
    try StatsStore(path: path, mode: mode)
  }

  private func bytes() throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
  }

  /// Makes a database of another program.
  private func foreign(_ sql: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
  }

  @Test func aNewDatabaseHasItsTablesAndItsMark() throws {
    let store = try open()
    try store.read { db in
      #expect(try Int.fetchOne(db, sql: "PRAGMA application_id") == 0x466F_6F74)
      #expect(try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal")
      #expect(try Int.fetchOne(db, sql: "PRAGMA secure_delete") == 1)
      #expect(try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2)
      let loose = try String.fetchAll(
        db, sql: "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict")
      #expect(loose.filter { !$0.hasPrefix("sqlite_") } == ["grdb_migrations"])
      for view in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'view'") {
        #expect(try Row.fetchAll(db, sql: "SELECT * FROM \(view)").isEmpty)
      }
    }
  }

  @Test func openingAgainChangesNothing() throws {
    do {
      let store = try open()
      try store.remember("geo", "a.mmdb")
    }
    let migrations = try open().read { try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations") }
    #expect(migrations == Schema.migrator().migrations)
    #expect(try open(.read).setting("geo") == "a.mmdb")
    #expect(try open(.read).setting("other") == nil)
  }

  @Test func aDatabaseOfAnEarlierVersionIsBroughtUpToDateEvenToBeRead() throws {
    do {
      let queue = try DatabaseQueue(path: path)
      try Schema.migrator().migrate(queue, upTo: "5 tables")
      try queue.write {
        try $0.execute(sql: "INSERT INTO site VALUES(1, 'gx_1', 'example.com', 'UTC', 0, 0, 'default')")
      }
    }
    let store = try open(.read)
    #expect(try store.sites().map(\.plan) == [SitePlan()])
    #expect(try store.tokens().isEmpty)
  }

  /// Days that earlier rules counted do not tell who was seen loading, and neither do sums over them.
  @Test func sealedDaysOfAnEarlierVersionKeepTheirNumbers() throws {
    do {
      let queue = try DatabaseQueue(path: path)
      try Schema.migrator().migrate(queue, upTo: "9 robots")
      try queue.write {
        try $0.execute(
          sql: """
            INSERT INTO site VALUES(1, 'gx_1', 'example.com', 'UTC', 0, 0, 'default', 1, NULL);
            INSERT INTO calendar VALUES(20766, '2026-11-09'), (20767, '2026-11-10');
            INSERT INTO day VALUES(1, 20766, 'sealed', 0, 2, 0, 1, 'default'), (1, 20767, 'open', 0, 2, 0, 1, 'default');
            INSERT INTO agg VALUES(1, 0, 20766, 0, 9, 3, 4, 1, 60), (1, 0, 20767, 0, 1, 1, 1, 1, 0);
            """)
      }
    }
    let store = try open(.read)
    try store.withStatistics(of: 1) { statistics in
      let days = try statistics.daily(in: 20_766...20_767)
      #expect(days.map(\.counts.visitors) == [3, 1])
      #expect(days.map(\.counts.seenLoading) == [nil, nil])
      #expect(try statistics.quality(of: 20_766...20_767).loadingDays == 0)
    }
    let rows = try store.read {
      try Row.fetchAll($0, sql: "SELECT uncounted, counting, people_load FROM days ORDER BY day")
    }
    // The open day is counted again by the next command that writes.
    #expect(rows.map { $0["uncounted"] as Int } == [0, 1])
    #expect(rows.map { $0["people_load"] as Int? } == [nil, nil])
  }

  @Test func readingNeedsADatabaseAndMakesNone() {
    #expect(throws: StoreError.missing(path: path)) { try open(.read) }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test(arguments: [
    "CREATE TABLE photo(id INTEGER)", "PRAGMA application_id = 7",
    "PRAGMA application_id = 7; CREATE TABLE photo(id INTEGER)",
  ])
  func aDatabaseOfAnotherProgramIsLeftAsItIs(_ sql: String) throws {
    try foreign(sql)
    let before = try bytes()
    for mode in [StatsStore.Mode.write(wait: 0), .read] {
      #expect(throws: StoreError.notFootfall(path: path)) { try open(mode) }
    }
    #expect(try bytes() == before)
  }

  @Test func whatIsNoDatabaseIsLeftAsItIs() throws {
    let text = [UInt8](repeating: 0x61, count: 5_000)
    try folder.write(text, to: "stats.db")
    for mode in [StatsStore.Mode.write(wait: 0), .read] {
      #expect(throws: StoreError.notFootfall(path: path)) { try open(mode) }
    }
    #expect(try bytes() == Data(text))
  }

  @Test func aDatabaseOfALaterVersionIsRefused() throws {
    do { _ = try open() }
    try foreign("INSERT INTO grdb_migrations VALUES('99 later')")
    for mode in [StatsStore.Mode.write(wait: 0), .read] {
      #expect(throws: StoreError.newer(path: path, change: "99 later", version: nil)) { try open(mode) }
    }
  }

  @Test func oneWritesAtATimeAndReadersNeverWait() throws {
    var store: StatsStore? = try open()
    #expect(throws: StoreError.locked(path: path)) { try open() }
    #expect(try open(.read).sites().isEmpty)
    #expect(try store?.sites().isEmpty == true)
    store = nil
    _ = try open()
  }

  @Test func aFolderThatIsNotThereIsAnError() throws {
    let error = #expect(throws: StoreError.self) {
      try StatsStore(path: folder.path("no/such/stats.db"), mode: .write(wait: 0))
    }
    #expect(error?.isInputOutput == true)
  }
}

@Suite struct SiteTests {
  @Test func aSiteIsMadeOnceAndKeepsItsZone() throws {
    let store = try TestStore().store
    let berlin = try store.site(host: "shop.example", timeZone: "Europe/Berlin", byImport: false, now: 5)
    #expect(berlin.hosts == ["shop.example"])
    #expect(berlin.calendar.offset(at: 1_783_000_000) == 7_200)
    #expect(try store.site(host: "shop.example", timeZone: nil, byImport: false, now: 6).id == berlin.id)
    #expect(try store.site(host: berlin.trackingID, timeZone: "Europe/Berlin", byImport: false, now: 6).id == berlin.id)
    #expect(throws: StoreError.otherTimeZone(host: "shop.example", timeZone: "Europe/Berlin")) {
      try store.site(host: "shop.example", timeZone: "UTC", byImport: false, now: 6)
    }
    #expect(try store.sites().map(\.host) == ["example.com", "shop.example"])
  }

  @Test func filesAndPathsBelongToOneSiteToo() throws {
    let test = try TestStore()
    let one = try #require(try test.store.sites().first)
    let other = try test.store.site(host: "shop.example", timeZone: nil, byImport: false, now: 0)
    try test.store.add([.file("a*.log"), .path("/b/")], to: one)
    #expect(throws: StoreError.hostTaken(host: "/b/")) { try test.store.add([.path("/b/")], to: other) }
    try test.store.add([.file("/b/")], to: other)
    #expect(try test.store.sites().map(\.files) == [["a*.log"], ["/b/"]])
    try test.store.remove([.path("/b/"), .host("example.com")], from: one)
    #expect(try test.store.sites().map(\.paths) == [[], []])
    #expect(try test.store.sites().first?.hosts == ["example.com"])
  }

  @Test func aHostBelongsToOneSite() throws {
    let test = try TestStore()
    let one = try #require(try test.store.sites().first)
    let other = try test.store.site(host: "shop.example", timeZone: nil, byImport: false, now: 0)
    try test.store.add([.host("example.net"), .host("example.org")], to: one)
    try test.store.add([.host("example.net")], to: one)
    #expect(throws: StoreError.hostTaken(host: "example.net")) {
      try test.store.add([.host("new.example"), .host("example.net")], to: other)
    }
    #expect(try test.store.sites().map(\.hosts) == [["example.com", "example.net", "example.org"], ["shop.example"]])
    #expect(try test.store.site(host: "example.org", timeZone: nil, byImport: false, now: 0).id == one.id)
  }
}

@Suite struct ImportCommitTests {
  @Test func booksThatDoNotBalanceAreNotKept() throws {
    let test = try TestStore()
    var part = ImportPart(
      [TextHit()], site: test.site, import: try test.store.beginImport(version: "test", site: nil, now: 0))
    part.lines = 2
    #expect(throws: StoreError.booksDoNotBalance(path: test.store.path, lines: 2, outcomes: 1)) {
      try test.store.commit(part)
    }
    let rows = try test.store.read { db in
      try ["run", "outcome", "import_file", "day", "block"].map {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)")
      }
    }
    #expect(rows == [0, 0, 0, 0, 0])
  }

  @Test func outcomesOfPartsAddUp() throws {
    let test = try TestStore()
    let id = try test.store.beginImport(version: "test", site: nil, now: 0)
    let first = try test.store.commit(ImportPart([TextHit(), TextHit()], site: test.site, import: id))
    let second = try test.store.commit(ImportPart([TextHit()], site: test.site, import: id, file: first.file))
    #expect(second.file == first.file)
    let rows = try test.store.read { try Row.fetchAll($0, sql: "SELECT outcome, lines FROM outcome") }
    #expect(rows.map { $0["outcome"] as String } == ["pageview"])
    #expect(rows.map { $0["lines"] as Int } == [3])
  }

  /// Lines with these outcomes do not add a day.
  @Test(arguments: [Outcome.alreadyImported, .late]) func someOutcomesTouchNoDay(_ outcome: Outcome) throws {
    let test = try TestStore()
    var part = ImportPart([], site: test.site, import: try test.store.beginImport(version: "test", site: nil, now: 0))
    part.lines = 1
    part.outcomes = [OutcomeKey(site: test.site, day: 20_766, outcome: outcome): 1]
    _ = try test.store.commit(part)
    #expect(try test.store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM day") } == 0)
  }
}

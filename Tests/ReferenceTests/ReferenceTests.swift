import Foundation
import Testing

/// Compares the binary with Tests/Reference/reference.py, which recomputes everything from docs/counting.md and
/// docs/robots.md with code of its own.
///
/// The logs contain what real ones do, around a change of clocks: visits with pauses of half an hour and one second
/// more, lines out of order and duplicated, assets, campaigns, own and foreign referrers, addresses in several
/// spellings; robots of all classes that fetch everything and get every answer, verified and forged ones, feed
/// readers, and in seeds 0 and 3 more robots and pages than a day keeps. Some days have crowds on either side of the
/// thresholds that compare visitors: fleets, people beside them, and visitors that are faster than people.
@Suite struct ReferenceTests {
  /// Seeds 0–2: October and March in Berlin, November in New York.
  @Test(arguments: 0...2) func statisticsAndBooksAreThoseOfTheReference(_ seed: Int) async throws {
    let log = try await RandomLog(seed: seed, visitors: 1_500)
    let database = log.scratch.folder.appendingPathComponent("stats.db")
    try await log.addSites(database)
    let books = try await log.import(database)
    #expect(books == log.books)
    #expect(try await log.difference(database) == [])
    #expect(log.dump.split(separator: "\n").count > 4_000)
    for book in books.values { #expect(book.outcomes.values.reduce(0, +) == book.lines) }
  }

  /// Seeds of the new order: the same lines in other files, in another order, some of them gzipped.
  @Test(arguments: 1...2) func orderAndSplitOfFilesDoNotShow(_ order: Int) async throws {
    let log = try await RandomLog(seed: 3, visitors: 1_000)
    let pieces = try log.scratch.subfolder("pieces")
    try await log.scratch.script("resplit.py", [log.folder.path, pieces.path, String(order)])
    let database = log.scratch.folder.appendingPathComponent("stats.db")
    try await log.addSites(database)
    let books = try await log.import(database, from: pieces)
    #expect(books.mapValues(\.total) == log.books.mapValues(\.total))
    #expect(try await log.difference(database) == [])
  }

  @Test func numberOfWorkersDoesNotShow() async throws {
    let log = try await RandomLog(seed: 4, visitors: 2_000)
    for workers in [1, 2, 3, 8] {
      let database = log.scratch.folder.appendingPathComponent("stats-\(workers).db")
      try await log.addSites(database)
      let books = try await log.import(database, flags: ["--workers", String(workers)])
      #expect(books == log.books, "\(workers) workers")
      #expect(try await log.difference(database) == [], "\(workers) workers")
    }
  }
}

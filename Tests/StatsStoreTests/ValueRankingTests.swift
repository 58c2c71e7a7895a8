import GRDB
import Hits
import Rollups
import TestSupport
import Testing

@testable import StatsStore

/// Compares the lists of values with the most visitors with sorting all sums.
@Suite struct ValueRankingTests {
  private struct Sum {
    var text: String
    var visitors: Int64 = 0
    var pageviews: Int64 = 0
  }

  /// Writes rows of pages over three days, and returns the sums in list order.
  private func fill(_ test: TestStore, values: Int, visitors: ClosedRange<Int64>, _ seed: UInt64) throws -> [Sum] {
    var generator = SeededGenerator(seed: seed)
    var sums = (0..<values).map { Sum(text: "/\($0)") }
    try test.store.write { db in
      try StatsStore.noteDates([20_766, 20_767, 20_768], db)
      for index in sums.indices.shuffled(using: &generator) {
        try db.execute(sql: "INSERT INTO dict(text) VALUES(?)", arguments: [sums[index].text])
        let id = db.lastInsertedRowID
        for day in 20_766...20_768 where day == 20_766 || Bool.random(using: &generator) {
          let row = (Int64.random(in: visitors, using: &generator), Int64.random(in: 1...3, using: &generator))
          try db.execute(
            sql: "INSERT INTO agg VALUES(?, 2, ?, ?, ?, ?, 1, 1, 1, 1)",
            arguments: [Int64(test.site), day, id, row.1, row.0])
          sums[index].visitors += row.0
          sums[index].pageviews += row.1
        }
      }
    }
    return sums.sorted {
      ($1.visitors, $1.pageviews, $0.text) < ($0.visitors, $0.pageviews, $1.text)
    }
  }

  /// Few values, many, and more ties for the last place than are preselected.
  @Test(arguments: [(5, Int64(1)...9), (400, 1...60), (3_000, 1...1), (3_000, 0...900)], [1, 10, 399, 5_000])
  func listsAreThoseOfAllSums(_ data: (values: Int, visitors: ClosedRange<Int64>), _ limit: Int) throws {
    let test = try TestStore()
    let expected = try fill(test, values: data.values, visitors: data.visitors, 51)
    let top = try test.store.withStatistics(of: test.site) {
      try $0.top(.page, in: 20_766...20_768, limit: limit)
    }
    #expect(top.values == data.values)
    #expect(top.rows.map(\.value) == expected.prefix(limit).map(\.text))
    #expect(top.rows.map(\.counts.visitors) == expected.prefix(limit).map(\.visitors))
    #expect(top.rows.map(\.counts.pageviews) == expected.prefix(limit).map(\.pageviews))
  }

  @Test func anEmptyPeriodHasNoValues() throws {
    let test = try TestStore()
    let top = try test.store.withStatistics(of: test.site) { try $0.top(.page, in: 1...2, limit: 10) }
    #expect(top.rows.isEmpty)
    #expect(top.values == 0)
  }
}

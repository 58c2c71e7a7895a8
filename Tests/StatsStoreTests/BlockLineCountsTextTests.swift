import Ledger
import Testing

@testable import StatsStore

/// The sites and days of a block's lines, as stored in the database.
@Suite struct BlockLineCountsTextTests {
  private static func books(_ entries: [(UInt32, Int32, Int)]) -> BlockLineCounts {
    var books = BlockLineCounts()
    for (site, day, lines) in entries { books.add(site: site, day: day, lines: lines) }
    return books
  }

  @Test(
    arguments: [
      ([(1, 20_000, 1_100)], "1"), ([(0, -3, 64)], "0"),
      ([(1, 20_000, 1_000), (2, 20_000, 5), (1, 20_001, 95)], "1 20000 1000\n2 20000 5\n1 20001 95"),
    ] as [([(UInt32, Int32, Int)], String)])
  func areReadAsTheyWereWritten(_ entries: [(UInt32, Int32, Int)], _ text: String) {
    let books = Self.books(entries)
    #expect(books.text == text)
    #expect(BlockLineCounts(text, firstDay: entries[0].1, lines: books.lines) == books)
  }

  @Test(arguments: ["one", "1 2", "1 2 3 4", "1 2 0", "1 2 -1", "-1 2 3", "1 2 3\n4"]) func otherTextsAreNone(
    _ text: String
  ) {
    #expect(BlockLineCounts(text, firstDay: 5, lines: 3) == nil)
  }

  @Test func aSiteAloneNeedsADay() {
    #expect(BlockLineCounts("1", firstDay: nil, lines: 3) == nil)
  }
}

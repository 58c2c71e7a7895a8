import Ledger
import TestSupport
import Testing

@testable import Ledger

/// The blocks found while reading lines are those that the ledger stores for them.
@Suite struct BlockFinderTests {
  private static let day: Int32 = 20_000

  /// Returns a log with everything that a finder must treat as the ledger does: bursts of candidates, equal lines, a
  /// block without an end.
  private static func log(_ chance: inout SeededGenerator) -> [UInt64] {
    var hashes = (0..<30_000).map { _ in UInt64.random(in: .min ... .max, using: &chance) }
    for index in 9_000..<9_200 { hashes[index] &= ~1_023 }
    return hashes + [UInt64](repeating: 5, count: 17_000) + (0..<5_000).map { UInt64($0) << 20 | 1 }
      + (0..<10_000).map { _ in UInt64.random(in: .min ... .max, using: &chance) }
  }

  private static func blocks(_ hashes: [UInt64]) throws -> [Block] {
    try Ledger(NoLedger()).blocks(
      appending: Ledger.Window(hashes: hashes, times: hashes.map { _ in 1 }),
      days: hashes.indices.map { day + Int32($0 / 10_000) }, sites: hashes.indices.map { UInt32($0 % 3) }, to: 7)
  }

  private static func known(_ blocks: [Block]) -> [BlockID: KnownBlock] {
    var known: [BlockID: KnownBlock] = [:]
    for block in blocks where block.isComplete {
      known[BlockID(of: block.hashes)] = block.books.map {
        KnownBlock(stream: block.stream, sequence: block.sequence, books: $0)
      }
    }
    return known
  }

  /// Returns the place that a finder reports for each line of an input in pieces, nil for lines that are not found.
  private static func places(
    _ hashes: [UInt64], pieces: [Int], _ known: [BlockID: KnownBlock]
  ) -> [LinePlace?] {
    var places: [LinePlace?] = Array(repeating: nil, count: hashes.count)
    var finder = BlockFinder()
    var start = 0
    var startBefore = 0
    for size in pieces {
      let (before, here, _) = finder.add(Array(hashes[start..<start + size])) { known[$0] }
      for (found, first) in here.map({ ($0, start) }) + (before.map { [($0, startBefore)] } ?? []) {
        #expect(found.books.lines == found.lines.count)
        var place = found.from
        for line in found.lines {
          places[first + line] = place
          place.index += 1
        }
        #expect(found.to == place || (found.to.sequence == place.sequence + 1 && found.to.index == 0))
      }
      (startBefore, start) = (start, start + size)
    }
    return places
  }

  private static func pieces(_ total: Int, upTo largest: Int, _ chance: inout SeededGenerator) -> [Int] {
    var pieces: [Int] = []
    while pieces.reduce(0, +) < total {
      pieces.append(min(Int.random(in: 1...largest, using: &chance), total - pieces.reduce(0, +)))
    }
    return pieces
  }

  @Test func findsEachWholeBlockOfDifferentLines() throws {
    var chance = SeededGenerator(seed: 3)
    let hashes = Self.log(&chance)
    let blocks = try Self.blocks(hashes)
    let wanted = blocks.flatMap { block -> [LinePlace?] in
      let isFound = block.isComplete && Ledger.isStrong(block.hashes)
      return block.hashes.indices.map {
        isFound ? LinePlace(stream: 7, sequence: block.sequence, index: $0) : nil
      }
    }
    #expect(wanted.contains(nil))
    #expect(Self.places(hashes, pieces: [hashes.count], Self.known(blocks)) == wanted)
  }

  /// A block that spans three pieces may be missed, but not one that spans two.
  @Test(arguments: [40, 700, 5_000]) func piecesFindWhatTheWholeFinds(_ largest: Int) throws {
    var chance = SeededGenerator(seed: UInt64(largest))
    let hashes = Self.log(&chance)
    let blocks = try Self.blocks(hashes)
    let whole = Self.places(hashes, pieces: [hashes.count], Self.known(blocks))
    let sizes = Self.pieces(hashes.count, upTo: largest, &chance)
    let found = Self.places(hashes, pieces: sizes, Self.known(blocks))
    let ends = sizes.reduce(into: [0]) { $0.append($0.last! + $1) }
    var start = 0
    for block in blocks {
      let lines = start..<start + block.hashes.count
      start = lines.upperBound
      let isInTwo = ends.count { lines.lowerBound < $0 && $0 < lines.upperBound } < 2
      let isPassedOver = !isInTwo && found[lines].allSatisfy { $0 == nil }
      #expect(isPassedOver || Array(found[lines]) == Array(whole[lines]))
    }
  }

  /// The same lines are found in another file, starting with the first end of a block.
  @Test func findsBlocksWhereverTheyStand() throws {
    var chance = SeededGenerator(seed: 4)
    let hashes = Self.log(&chance)
    let known = Self.known(try Self.blocks(hashes))
    let before = (0..<777).map { _ in UInt64.random(in: .min ... .max, using: &chance) }
    let inOther = Self.places(before + hashes, pieces: [2_000, 2_000, hashes.count - 3_223], known)
    let alone = Self.places(hashes, pieces: [hashes.count], known)
    #expect(inOther[..<777].allSatisfy { $0 == nil })
    #expect(Array(inOther[10_000...]) == Array(alone[9_223...]))
  }

  @Test func aBlockWithALineWithoutDayHasNoBooks() throws {
    var chance = SeededGenerator(seed: 5)
    let hashes = (0..<9_000).map { _ in UInt64.random(in: .min ... .max, using: &chance) }
    var days = hashes.map { _ in Self.day }
    days[4_000] = Ledger.noDay
    let blocks = try Ledger(NoLedger()).blocks(
      appending: Ledger.Window(hashes: hashes, times: hashes.map { _ in 1 }), days: days,
      sites: hashes.map { _ in 1 }, to: 1)
    #expect(blocks.count { $0.books == nil } == 1)
    #expect(blocks.count > 3)
  }
}

@Suite struct BlockBooksTests {
  @Test func linesOfOneSiteAndDayAreOneEntry() {
    var books = BlockLineCounts()
    for line in 0..<10 { books.add(site: UInt32(line % 2), day: 5) }
    books.add(site: 1, day: 6, lines: 3)
    #expect(
      books.entries == [
        BlockLineCounts.Entry(site: 0, day: 5, lines: 5), BlockLineCounts.Entry(site: 1, day: 5, lines: 5),
        BlockLineCounts.Entry(site: 1, day: 6, lines: 3),
      ])
    #expect(books.lines == 13)
  }

  @Test(arguments: 0...13) func splitKeepsEachLine(_ count: Int) {
    var books = BlockLineCounts()
    for (day, lines) in [5, 5, 3].enumerated() { books.add(site: 1, day: Int32(day), lines: lines) }
    let (first, rest) = books.split(at: count)
    #expect(first.lines == count)
    var both = first
    for entry in rest.entries { both.add(site: entry.site, day: entry.day, lines: entry.lines) }
    #expect(both == books)
  }
}

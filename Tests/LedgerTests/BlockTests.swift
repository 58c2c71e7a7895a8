import Crypto
import TestSupport
import Testing

@testable import Ledger

@Suite struct LineHashesTests {
  @Test func packsEachHashLeastByteFirst() {
    #expect(LineHashes.packed([0x0102_0304_0506_0708]) == [8, 7, 6, 5, 4, 3, 2, 1])
    #expect(LineHashes.packed([]).isEmpty)
  }

  @Test func unpacksWhatWasPacked() {
    var generator = SeededGenerator(seed: 8)
    for count in 0..<50 {
      let hashes = (0..<count).map { _ in generator.next() }
      #expect(LineHashes.unpacked(LineHashes.packed(hashes)) == hashes)
    }
  }

  @Test func aRestOfLessThanEightBytesIsNoHash() {
    for extra in 0..<8 {
      #expect(LineHashes.unpacked([1, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 9, count: extra)) == [1])
    }
  }
}

@Suite struct BlockIDTests {
  @Test func isTheStartOfSHA256OfThePackedHashes() {
    let hashes: [UInt64] = [3, 1, 2]
    #expect(BlockID(of: hashes).bytes == Array(SHA256.hash(data: LineHashes.packed(hashes)).prefix(16)))
    #expect(BlockID(of: hashes) != BlockID(of: hashes.reversed()))
  }
}

@Suite struct BlockBoundariesTests {
  private static let candidate: UInt64 = 1_024
  private static let plain: UInt64 = 1

  /// Returns the indices of the lines that end blocks.
  private func ends(_ hashes: [UInt64]) -> [Int] {
    var boundaries = BlockBoundaries()
    return hashes.indices.filter { boundaries.endsBlock(hashes[$0]) }
  }

  /// Applies the rule as documented, line by line.
  private func slowEnds(_ hashes: [UInt64]) -> [Int] {
    var ends: [Int] = []
    for (index, hash) in hashes.enumerated() {
      let start = (ends.last ?? -1) + 1
      let before = hashes[max(0, index - 63)..<index]
      let isEnd = hash % 1_024 == 0 && index + 1 >= 64 && before.allSatisfy { $0 % 1_024 != 0 }
      if isEnd || index + 1 - start >= 16_384 { ends.append(index) }
    }
    return ends
  }

  /// Returns hashes, about one in `rarity` of them a candidate.
  private func lines(_ count: Int, rarity: UInt64, _ generator: inout SeededGenerator) -> [UInt64] {
    (0..<count).map { _ in generator.next() % rarity == 0 ? Self.candidate : Self.plain }
  }

  @Test(arguments: [(62, []), (63, [63]), (64, [64]), (200, [200])])
  func aStreamHasAtLeast64LinesBeforeItsFirstEnd(_ before: Int, _ expected: [Int]) {
    #expect(ends([UInt64](repeating: Self.plain, count: before) + [Self.candidate]) == expected)
  }

  @Test(arguments: [(62, [100]), (63, [100, 164]), (64, [100, 165])])
  func aCandidateWithAnotherInThe63LinesBeforeIsNone(_ between: Int, _ expected: [Int]) {
    let plain = [UInt64](repeating: Self.plain, count: between)
    let start = [UInt64](repeating: Self.plain, count: 100)
    #expect(ends(start + [Self.candidate] + plain + [Self.candidate]) == expected)
  }

  @Test func aBlockWithoutEndIsCut() {
    #expect(ends([UInt64](repeating: Self.plain, count: 40_000)) == [16_383, 32_767])
    // The same line throughout, and it is a candidate: only the first 64 lines have no candidate before them.
    #expect(ends([UInt64](repeating: Self.candidate, count: 20_000)) == [16_383])
  }

  @Test(arguments: [16, 64, 200, 1_024] as [UInt64]) func endsAreThoseOfTheRule(_ rarity: UInt64) {
    var generator = SeededGenerator(seed: rarity)
    let hashes = lines(40_000, rarity: rarity, &generator)
    #expect(ends(hashes) == slowEnds(hashes))
  }

  /// A stream can be continued at any line, from the stored data.
  @Test(arguments: [16, 100, 1_024] as [UInt64]) func goesOnFromAnyLine(_ rarity: UInt64) {
    var generator = SeededGenerator(seed: rarity + 1)
    let hashes = lines(3_000, rarity: rarity, &generator)
    let whole = ends(hashes)
    for _ in 0..<60 {
      let cut = Int.random(in: 64..<hashes.count, using: &generator)
      let open = cut - 1 - (whole.last { $0 < cut } ?? -1)
      var boundaries = BlockBoundaries(after: hashes[..<cut], linesOfBlock: open)
      let rest = hashes.indices[cut...].filter { boundaries.endsBlock(hashes[$0]) }
      #expect(rest == whole.filter { $0 >= cut })
    }
  }

  /// After the first end, preceding lines do not matter: the same lines are split in the same places in another file.
  @Test func theSameLinesAreCutAlikeWhereverTheyStand() {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<20 {
      let shared = lines(6_000, rarity: 300, &generator)
      let before = lines(Int.random(in: 0..<900, using: &generator), rarity: 50, &generator)
      let alone = Set(ends(shared).filter { $0 >= 64 })
      let shifted = Set(ends(before + shared).map { $0 - before.count }.filter { $0 >= 64 })
      #expect(shifted == alone)
      #expect(alone.count > 5)
    }
  }
}

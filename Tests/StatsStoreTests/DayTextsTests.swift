import ByteScanning
import Hits
import Rollups
import TestSupport
import Testing

@testable import StatsStore

@Suite struct DayTextsTests {
  @Test func idsKeepTheirPlaces() {
    var generator = SeededGenerator(seed: 31)
    var places = DenseIDs()
    var expected: [UInt32: Int] = [:]
    #expect(places.place(of: 0) == nil)
    let ids: [UInt32] =
      [0, .max, 1, 1 << 31]
      + (0..<5_000).map { _ in
        // Dense values, distant ones, and some that differ only in their high bits.
        [UInt32.random(in: 0...900, using: &generator), generator.next32, generator.next32 << 20].randomElement(
          using: &generator) ?? 0
      }
    for id in ids {
      #expect(places.insert(id) == expected[id, default: expected.count])
      expected[id] = places.insert(id)
    }
    #expect(places.ids.count == expected.count)
    for (id, place) in expected {
      #expect(places.place(of: id) == place)
      #expect(places.ids[place] == id)
    }
  }

  /// Texts that are prefixes of each other, contain zeros, or differ only after many equal words.
  @Test func textsAreRankedByTheirBytes() {
    var generator = SeededGenerator(seed: 32)
    for length in [0, 3, 8, 9, 17, 40] {
      let texts = (0..<400).map { _ in
        (0..<Int.random(in: 0...length, using: &generator)).map { _ in
          ([0, 1, 0x2F, 0x7F, 0x80, 0xFF] as [UInt8]).randomElement(using: &generator) ?? 0
        }
      }
      expectRanked(Set(texts))
    }
    let long = [UInt8](repeating: 0x61, count: 2_000)
    expectRanked([long, long + [0], long + [0x61], long + [0, 0], [0x61] + long, Array(long.dropLast()), []])
    expectRanked(Set(["", "/", "/a", "/A", "/\u{E9}", "/e\u{301}", "/\u{1F600}"].map { Array($0.utf8) }))
    expectRanked([])
  }

  private func expectRanked(_ texts: Set<[UInt8]>) {
    var table = SymbolTable()
    let texts = Array(texts)
    for text in texts { _ = table.intern(text.span, 0..<text.count) }
    let sorted = texts.sorted { $0.lexicographicallyPrecedes($1) }
    for (symbol, rank) in TextRanks.ranks(of: table.strings).enumerated() {
      #expect(sorted[Int(rank)] == texts[symbol])
    }
  }
}

extension SeededGenerator {
  fileprivate var next32: UInt32 {
    mutating get { UInt32(truncatingIfNeeded: next()) }
  }
}

import Hits
import Rollups
import TestSupport
import Testing

@testable import StatsStore

@Suite struct RunCodecTests {
  private typealias StoredHit = RunCodec.StoredHit

  /// Returns hits with numbers of all sizes, in the order of runs.
  private func randomHits(_ count: Int, visitors: UInt64, _ generator: inout SeededGenerator) -> [StoredHit] {
    func number() -> UInt32 {
      UInt32.random(in: 0...UInt32.max >> UInt32.random(in: 0...31, using: &generator), using: &generator)
    }
    let hits = (0..<count).map { _ in
      let kind = HitKind.allCases.randomElement(using: &generator) ?? .pageview
      let visitor = UInt64.random(in: 0..<visitors, using: &generator)
      return StoredHit(
        visitor: UInt64.max / visitors * visitor, client: UInt32(visitor), place: UInt32.max - UInt32(visitor),
        hit: TimedHit(
          second: Int32.random(in: -3_600...100_000, using: &generator), kind: kind, page: number(),
          acquisition: number(), event: kind.isEvent ? number() : 0))
    }
    return hits.sorted { $0.visitor == $1.visitor ? $0.hit < $1.hit : $0.visitor < $1.visitor }
  }

  private typealias Noted = RunCodec.StoredSignals

  private func unpacked(_ pieces: [RunCodec.Piece]) throws -> [StoredHit] {
    try unpackedWithSignals(pieces).hits
  }

  private func unpackedWithSignals(_ pieces: [RunCodec.Piece]) throws -> (hits: [StoredHit], noted: [Noted]) {
    var hits: [StoredHit] = []
    var noted: [Noted] = []
    for piece in pieces {
      var reader = RunPieceReader(piece.data)
      let before = hits.count
      while !reader.isAtEnd {
        let visitor = try reader.visitor()
        var group: [TimedHit] = []
        var signals = Signals()
        let of = try reader.group(into: &group, &signals)
        hits += group.map { StoredHit(visitor: visitor, client: of?.client ?? 0, place: of?.place ?? 0, hit: $0) }
        if !signals.isEmpty { noted.append(Noted(visitor: visitor, signals: signals)) }
      }
      #expect(hits.count - before == piece.hits)
    }
    return (hits, noted)
  }

  private func expectEqual(_ left: [StoredHit], _ right: [StoredHit]) {
    #expect(left.map(\.hit) == right.map(\.hit))
    #expect(left.map(\.visitor) == right.map(\.visitor))
    #expect(left.map(\.client) == right.map(\.client))
    #expect(left.map(\.place) == right.map(\.place))
  }

  @Test(arguments: [(0, 1), (1, 1), (500, 1), (500, 100), (20_000, 3), (20_000, 5_000)] as [(Int, UInt64)])
  func unpacksWhatWasPacked(_ count: Int, _ visitors: UInt64) throws {
    var generator = SeededGenerator(seed: UInt64(count) + visitors)
    let hits = randomHits(count, visitors: visitors, &generator)
    let pieces = RunCodec.pack(hits)
    expectEqual(try unpacked(pieces), hits)
    // A piece exceeds its size by at most one group of 4,096 hits.
    #expect(pieces.allSatisfy { $0.data.count < RunCodec.pieceSize + 4_096 * 20 })
    #expect(pieces.dropLast().allSatisfy { $0.data.count >= RunCodec.pieceSize })
  }

  @Test func repackingChangesTextsAndNothingElse() throws {
    var generator = SeededGenerator(seed: 8)
    let hits = randomHits(5_000, visitors: 300, &generator)
    var signals = Signals()
    signals.add(.refusal)
    let noted = [Noted(visitor: 1, signals: signals), Noted(visitor: hits[2_000].visitor, signals: signals)]
    for piece in RunCodec.pack(hits, noted) {
      #expect(try RunCodec.repacked(piece.data) { _ in } == piece.data)
      var changed = piece
      changed.data = try RunCodec.repacked(piece.data) { $0.page = $0.page / 2 }
      let (before, after) = (try unpackedWithSignals([piece]), try unpackedWithSignals([changed]))
      expectEqual(
        after.hits,
        before.hits.map { hit in
          var hit = hit
          hit.hit.page /= 2
          return hit
        })
      #expect(after.noted == before.noted)
    }
  }

  /// Signals of visitors with hits, and of visitors without any, before, between and after them.
  @Test(arguments: [(0, 3), (1, 1), (5_000, 40), (5_000, 3_000)] as [(Int, UInt64)])
  func signalsStandBesideHits(_ count: Int, _ visitors: UInt64) throws {
    var generator = SeededGenerator(seed: UInt64(count) + visitors)
    let hits = randomHits(count, visitors: visitors, &generator)
    var sums: [UInt64: Signals] = [:]
    for _ in 0..<visitors * 3 {
      let visitor = UInt64.max / (2 * visitors) * UInt64.random(in: 0...2 * visitors, using: &generator)
      sums[visitor, default: Signals()].add(Signal.allCases.randomElement(using: &generator) ?? .asset)
    }
    let sorted = sums.sorted { $0.key < $1.key }
    let read = try unpackedWithSignals(RunCodec.pack(hits, sorted.map { Noted(visitor: $0.key, signals: $0.value) }))
    expectEqual(read.hits, hits)
    #expect(read.noted == sorted.map { Noted(visitor: $0.key, signals: $0.value) })
  }

  @Test func signalsThatCannotBeAreDamage() {
    let visitor: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0]
    for signals: [UInt8] in [[], [0x20], [8], [8, 0], [8, 0x80]] {
      #expect(throws: RunPieceReader.Damage.self) { try read(visitor + [1] + signals) }
    }
    #expect(throws: Never.self) { try read(visitor + [1, 9, 3]) }
  }

  @Test func aVisitorWhoOutgrowsAPieceGoesOnInTheNext() throws {
    let hits = (0..<30_000).map {
      StoredHit(
        visitor: 9, client: 1, place: 2,
        hit: TimedHit(second: Int32($0), kind: .pageview, page: 70_000, acquisition: 3))
    }
    let pieces = RunCodec.pack(hits)
    #expect(pieces.count > 2)
    expectEqual(try unpacked(pieces), hits)
  }

  @Test func aTypicalHitTakesSomeEightBytes() {
    let hits = (0..<10_000).map {
      StoredHit(
        visitor: UInt64($0 / 5), client: 300, place: 400,
        hit: TimedHit(second: Int32($0 % 5) * 90, kind: .pageview, page: 500, acquisition: 600))
    }
    let bytes = RunCodec.pack(hits).reduce(0) { $0 + $1.data.count }
    #expect(bytes / hits.count <= 9)
  }

  /// A damaged piece is an error or yields other hits, but never crashes. Cut anywhere except between groups, it is
  /// an error.
  @Test func damagedPiecesAreErrors() throws {
    var generator = SeededGenerator(seed: 15)
    let whole = try #require(RunCodec.pack(randomHits(200, visitors: 5, &generator)).first).data
    var failures = 0
    for _ in 0..<3_000 {
      var data = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        data[Int.random(in: data.indices, using: &generator)] = UInt8.random(in: .min ... .max, using: &generator)
      }
      if (try? read(data)) == nil { failures += 1 }
    }
    #expect(failures > 1_000)
    for length in 1..<60 {
      #expect(throws: RunPieceReader.Damage.self) { try read(Array(whole.prefix(length))) }
    }
  }

  /// Reads all groups of a piece and returns the number of their hits.
  private func read(_ data: [UInt8]) throws -> Int {
    var reader = RunPieceReader(data)
    var hits: [TimedHit] = []
    var signals = Signals()
    while !reader.isAtEnd {
      _ = try reader.visitor()
      _ = try reader.group(into: &hits, &signals)
    }
    return hits.count
  }

  /// Seconds beyond any day, which would overflow later computations.
  @Test func secondsBeyondAnyDayAreDamage() {
    let far: [UInt8] = [0xFE, 0xFF, 0xFF, 0xFF, 0x0F]
    let group: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0, 2, 1, 1]
    for gap in [far, [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x82, 0x8C, 0x15]] {
      #expect(throws: RunPieceReader.Damage.self) { try read(group + gap + [0, 1, 1]) }
    }
    // Exactly two days.
    #expect(throws: Never.self) { try read(group + [0x80, 0x8C, 0x15, 0, 1, 1]) }
  }
}

@Suite struct RobotRunCodecTests {
  private typealias Entry = RobotRunCodec.Entry

  private static func entries(_ data: [UInt8]) throws -> [Entry] {
    var reader = RobotRunReader(data)
    var entries: [Entry] = []
    while let entry = try reader.next() { entries.append(entry) }
    return entries
  }

  @Test(arguments: [0, 1, 2_000]) func unpacksTheSumsOfWhatWasPacked(_ count: Int) throws {
    var generator = SeededGenerator(seed: 41)
    var sums: [[UInt32]: RobotRequests] = [:]
    let given = (0..<count).map { _ in
      let entry = Entry(
        robot: [0, 3, .max].randomElement(using: &generator) ?? 0,
        page: [0, 200, 70_000, .max].randomElement(using: &generator) ?? 0,
        thing: UInt8.random(in: 0...6, using: &generator),
        answer: UInt8.random(in: 0...8, using: &generator),
        sum: .init(count: 1, bytes: Int64.random(in: 0..<1 << 40, using: &generator)))
      sums[[entry.robot, entry.page, UInt32(entry.thing), UInt32(entry.answer)], default: .init(count: 0, bytes: 0)] +=
        entry.sum
      return entry
    }
    let unpacked = try Self.entries(RobotRunCodec.pack(RobotRunCodec.sums(given)))
    #expect(
      unpacked.map { [$0.robot, $0.page, UInt32($0.thing), UInt32($0.answer)] }
        == sums.keys.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(unpacked.allSatisfy { sums[[$0.robot, $0.page, UInt32($0.thing), UInt32($0.answer)]] == $0.sum })
  }

  @Test func whateverDamageThereIsNothingCrashes() {
    var generator = SeededGenerator(seed: 42)
    for _ in 0..<2_000 {
      let data = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
        UInt8.random(in: .min ... .max, using: &generator)
      }
      _ = try? Self.entries(data)
    }
    #expect(throws: RunPieceReader.Damage.self) { try Self.entries([1, 2]) }
    #expect(throws: RunPieceReader.Damage.self) { try Self.entries([255, 255, 255, 255, 127, 0, 0, 0, 0]) }
  }
}

import Foundation
import Hits
import ImportSupport
import StatsStore
import TestSupport
import Testing

@testable import Importing

/// Files longer than a window of the ledger: the result must not depend on where windows end.
@Suite struct WindowTests {
  /// Returns long lines, so that a chunk, the smallest possible window, holds only a few hundred. Includes bursts of
  /// equal lines.
  private static func log(_ count: Int, _ chance: inout SeededGenerator) -> [String] {
    var lines: [String] = []
    let words = String(repeating: "w", count: 1_800)
    while lines.count < count {
      let second = lines.count * 86_000 / count
      let clock = [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      let line =
        "192.0.2.\(Int.random(in: 1...254, using: &chance)) - - [01/Sep/2024:\(clock.joined(separator: ":")) +0000] "
        + "\"GET /page/\(Int.random(in: 0..<500, using: &chance))?q=\(words) HTTP/1.1\" 200 \(second) \"-\" "
        + "\"Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0\""
      let isBurst = Int.random(in: 0..<100, using: &chance) == 0
      lines += Array(repeating: line, count: isBurst ? Int.random(in: 2...60, using: &chance) : 1)
    }
    return lines
  }

  private static func run(_ scratch: Scratch, _ path: String, windowLines: Int) throws -> ImportSummary {
    var options = scratch.options([path], site: "example.com")
    options.windowLines = windowLines
    return try ImportRun(options).run(onProblem: { Issue.record("\($0)") }, onProgress: { _ in })
  }

  /// Returns the statistics of the log as a single window, for comparison.
  private static func truth(_ log: [String]) throws -> String {
    let scratch = try Scratch()
    let path = try scratch.write(log)
    #expect(try run(scratch, path, windowLines: .max).outcomes[.pageview] == log.count)
    return try scratch.dump()
  }

  /// Returns pieces that cover the whole log and overlap by at least `overlap` lines, in any order.
  private static func pieces(_ log: [String], overlap: Int, _ chance: inout SeededGenerator) -> [[String]] {
    let cuts = (0..<2).map { _ in Int.random(in: overlap..<log.count - overlap, using: &chance) }.sorted()
    let bounds = [0] + cuts + [log.count]
    let ranges = zip(bounds, bounds.dropFirst()).map { max(0, $0 - overlap)..<min(log.count, $1 + overlap) }
    return ranges.map { Array(log[$0]) }.shuffled(using: &chance)
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>, [1, 700])
  func piecesOfALongLogInAnyOrderAreTheLog(_ seed: UInt64, _ windowLines: Int) throws {
    var chance = SeededGenerator(seed: seed)
    let log = Self.log(2_000, &chance)
    let scratch = try Scratch()
    var new = 0
    for (number, piece) in Self.pieces(log, overlap: 300, &chance).enumerated() {
      let summary = try Self.run(scratch, scratch.write(piece, to: "piece-\(number).log"), windowLines: windowLines)
      #expect(summary.outcomes.total == piece.count)
      new += summary.outcomes[.pageview]
    }
    #expect(new == log.count)
    let again = try Self.run(scratch, scratch.write(log, to: "whole.log"), windowLines: windowLines)
    #expect(again.outcomes[.alreadyImported] == log.count)
    #expect(try scratch.dump() == Self.truth(log))
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func aLongLogThatGrowsIsReadOn(_ seed: UInt64) throws {
    var chance = SeededGenerator(seed: 100 + seed)
    let log = Self.log(2_000, &chance)
    let scratch = try Scratch()
    var new = 0
    for end in [Int.random(in: 1..<1_000, using: &chance), Int.random(in: 1_000..<2_000, using: &chance), log.count] {
      new += try Self.run(scratch, scratch.write(Array(log[..<end])), windowLines: 1).outcomes[.pageview]
    }
    #expect(new == log.count)
    #expect(try scratch.dump() == Self.truth(log))
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>)
  func partsOfALongLogInTheWrongOrderAreKnown(_ seed: UInt64) throws {
    var chance = SeededGenerator(seed: 200 + seed)
    let log = Self.log(2_000, &chance)
    let scratch = try Scratch()
    _ = try Self.run(scratch, scratch.write(log), windowLines: 700)
    let cut = Int.random(in: 100..<log.count - 100, using: &chance)
    let turned = try scratch.write(Array(log[cut...] + log[..<cut]), to: "turned.log")
    #expect(try Self.run(scratch, turned, windowLines: 1).outcomes[.alreadyImported] == log.count)
    #expect(try scratch.dump() == Self.truth(log))
  }
}

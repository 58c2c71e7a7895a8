import Ledger
import Testing
import TestSupport

/// Blocks that are split off without a ledger equal those of a ledger, so it recognises their lines.
@Suite struct BlockCutterTests {
  @Test(arguments: [1, 1_000, 20_000]) func areThoseOfTheLedger(_ step: Int) throws {
    var chance = SeededGenerator(seed: 7)
    var hashes = (0..<40_000).map { _ in UInt64.random(in: .min ... .max, using: &chance) }
    hashes += [UInt64](repeating: 5, count: 20_000)
    let lines = Ledger.Window(hashes: hashes, times: hashes.indices.map { UInt32($0 + 1) })
    let days = hashes.indices.map { $0 % 7 == 0 ? Ledger.noDay : Int32($0 / 10_000) }
    let wanted = try Ledger(NoLedger()).blocks(
      appending: lines, days: days, sites: days.map { _ in 1 }, to: 1)

    var cutter = BlockCutter()
    var names: [BlockName] = []
    for start in stride(from: 0, to: hashes.count, by: step) {
      let range = start..<min(start + step, hashes.count)
      names += cutter.add(
        Ledger.Window(hashes: Array(hashes[range]), times: Array(lines.times[range])), days: Array(days[range]))
    }
    if let last = cutter.last { names.append(last) }
    #expect(names.map(\.id) == wanted.map { BlockID(of: $0.hashes) })
    #expect(names.map(\.lines) == wanted.map(\.hashes.count))
    #expect(names.map(\.days) == wanted.map(\.days))
    #expect(names.map(\.isComplete) == wanted.map(\.isComplete))
    #expect(names.first?.isStrong == true)
    #expect(names.last?.isStrong == false)
  }
}

import ByteScanning
import TestSupport
import Testing

@Suite struct PairTableTests {
  /// Against a dictionary, with keys that differ only in where one string ends and the other begins, or in the number.
  @Test func equalKeysHaveOneSymbol() {
    var generator = SeededGenerator(seed: 3)
    var table = PairTable()
    for round in 0..<2 {
      var expected: [[Int]: Int] = [:]
      for _ in 0..<6_000 {
        let length = Int.random(in: 0...9, using: &generator)
        let bytes = (0..<length).map { _ in UInt8.random(in: 0...1, using: &generator) }
        let middle = Int.random(in: 0...length, using: &generator)
        let number = UInt64.random(in: 0...1, using: &generator)
        let key = [Int(number), middle] + bytes.map(Int.init)
        let symbol = table.intern(number, bytes.span, 0..<middle, middle..<length)
        #expect(symbol == expected[key, default: expected.count], "round \(round)")
        expected[key] = symbol
      }
      #expect(table.count == expected.count)
      table.removeAll()
      #expect(table.count == 0)
    }
  }
}

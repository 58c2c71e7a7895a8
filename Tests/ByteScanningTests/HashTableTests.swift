import ByteScanning
import TestSupport
import Testing

@Suite struct HashTableTests {
  /// Hashes are numbered in the order of their first occurrence, even if they share a slot. 0 is an ordinary hash.
  @Test func numbersHashesInOrder() {
    var generator = SeededGenerator(seed: 5)
    var hashes: [UInt64] = [0, 1, 2, .max, .max - 1]
    for _ in 0..<5_000 { hashes.append(UInt64.random(in: .min ... .max, using: &generator)) }
    var table = HashTable()
    for _ in 0..<2 {
      #expect(hashes.allSatisfy { table.numberIfMet(of: $0) == nil })
      for _ in 0..<2 {
        for (index, hash) in hashes.enumerated() { #expect(table.number(of: hash) == index) }
      }
      for (index, hash) in hashes.enumerated() { #expect(table.numberIfMet(of: hash) == index) }
      #expect(table.count == hashes.count)
      table.removeAll()
      #expect(table.count == 0)
    }
  }
}

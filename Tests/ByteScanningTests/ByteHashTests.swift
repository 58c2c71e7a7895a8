import ByteScanning
import TestSupport
import Testing

@Suite struct ByteHashTests {
  private func hash(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
    ByteHash.hash(bytes.span, range)
  }

  @Test func hangsOnTheBytesAndNotOnTheirPlace() {
    var generator = SeededGenerator(seed: 4)
    for count in 0...70 {
      let text = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      let alone = hash(text, 0..<count)
      for place in 1...9 {
        let within = [UInt8](repeating: 0xAA, count: place) + text + [UInt8](repeating: 0x55, count: place)
        #expect(hash(within, place..<place + count) == alone)
      }
    }
  }

  @Test func everyBitMatters() {
    for count in 1...40 {
      var text = [UInt8](repeating: 0, count: count)
      var hashes: Set<UInt64> = [hash(text, 0..<count)]
      for index in text.indices {
        for bit in 0..<8 {
          text[index] ^= 1 << UInt8(bit)
          hashes.insert(hash(text, 0..<count))
          text[index] = 0
        }
      }
      #expect(hashes.count == 1 + 8 * count)
    }
  }
}

import TestSupport
import Testing

@testable import Ledger

@Suite struct LineHasherTests {
  private static let key: (UInt64, UInt64) = (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)

  private func hash(_ bytes: [UInt8], _ range: Range<Int>, _ hasher: LineHasher = LineHasher(key: key)) -> UInt64 {
    hasher.hash(bytes.span, range)
  }

  /// Computes the two stages as their papers define them, with 128-bit numbers and no regard for speed.
  private func slowHash(_ line: [UInt8]) -> UInt64 {
    var words: [UInt64] = []
    for number in 0..<UInt64(32) {
      var sip = SipHash(Self.key)
      sip.compress(~number)
      words.append(sip.finish())
    }
    var sip = SipHash(Self.key)
    for start in stride(from: 0, to: line.count, by: 256) {
      let block = Array(line[start..<min(start + 256, line.count)])
      var starts = Array(stride(from: 0, to: block.count / 16 * 16, by: 16))
      if block.count % 16 != 0 { starts.append(max(0, block.count - 16)) }
      var sum: UInt128 = 0
      for (pair, start) in starts.enumerated() {
        let halves = [0, 8].map { half in
          (0..<8).reduce(UInt64(0)) { word, offset in
            let index = start + half + offset
            return word | (index < block.count ? UInt64(block[index]) << UInt64(8 * offset) : 0)
          }
        }
        sum &+= UInt128(halves[0] &+ words[2 * pair]) * UInt128(halves[1] &+ words[2 * pair + 1])
      }
      sip.compress(UInt64(truncatingIfNeeded: sum))
      sip.compress(UInt64(truncatingIfNeeded: sum >> 64))
    }
    sip.compress(UInt64(line.count))
    return sip.finish()
  }

  @Test func isThatOfThePapers() {
    var generator = SeededGenerator(seed: 8)
    for length in Array(0...70) + [239, 240, 241, 255, 256, 257, 271, 272, 273, 511, 512, 513, 5_000] {
      let line = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      #expect(hash(line, 0..<length) == slowHash(line), "\(length) bytes")
    }
  }

  @Test func hangsOnEveryBitAndOnTheLength() {
    var generator = SeededGenerator(seed: 9)
    for length in [1, 8, 15, 16, 17, 31, 33, 256, 300] {
      let line = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      var seen: Set<UInt64> = [hash(line, 0..<length)]
      for bit in 0..<8 * length {
        var other = line
        other[bit / 8] ^= 1 << UInt8(bit % 8)
        #expect(seen.insert(hash(other, 0..<length)).inserted)
      }
      #expect(seen.insert(hash(line + [0], 0..<length + 1)).inserted)
    }
  }

  @Test func hangsOnTheBytesAndTheKeyAndNotOnTheirPlace() {
    var generator = SeededGenerator(seed: 7)
    for length in 0...40 {
      let line = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      let alone = hash(line, 0..<length)
      for place in 1...8 {
        let within = [UInt8](repeating: 0xEE, count: place) + line + [0xEE]
        #expect(hash(within, place..<place + length) == alone)
      }
      #expect(hash(line, 0..<length, LineHasher(key: (Self.key.0 ^ 1, Self.key.1))) != alone)
      #expect(hash(line, 0..<length, LineHasher(key: (Self.key.0, Self.key.1 ^ 1))) != alone)
    }
  }
}

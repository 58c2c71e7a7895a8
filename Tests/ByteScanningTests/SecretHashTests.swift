import ByteScanning
import TestSupport
import Testing

@Suite struct SecretHashTests {
  /// Pairs that differ only in the boundary between the strings, or in the number, have different hashes.
  @Test func differentPairsHaveDifferentHashes() {
    var generator = SeededGenerator(seed: 3)
    let secret = SecretHash()
    var hashes: [[Int]: UInt64] = [:]
    for _ in 0..<6_000 {
      let length = Int.random(in: 0...9, using: &generator) + Bool.random(using: &generator).intValue * 300
      let bytes = (0..<length).map { $0 < length - 9 ? 7 : UInt8.random(in: 0...1, using: &generator) }
      let middle = Int.random(in: 0...length, using: &generator)
      let number = UInt64.random(in: 0...1, using: &generator)
      let hash = secret.hash(number, bytes.span, 0..<middle, middle..<length)
      #expect(hashes[[Int(number), middle] + bytes.map(Int.init), default: hash] == hash)
      hashes[[Int(number), middle] + bytes.map(Int.init)] = hash
    }
    #expect(Set(hashes.values).count == hashes.count)
  }

  @Test func eachHasItsOwnKey() {
    let bytes = Array("192.0.2.1agent".utf8)
    #expect(SecretHash().hash(1, bytes.span, 0..<9, 9..<14) != SecretHash().hash(1, bytes.span, 0..<9, 9..<14))
  }
}

extension Bool {
  fileprivate var intValue: Int { self ? 1 : 0 }
}

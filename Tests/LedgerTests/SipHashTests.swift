import Testing

@testable import Ledger

@Suite struct SipHashTests {
  /// The key of the published vectors: bytes 00 to 0f.
  private static let key: (UInt64, UInt64) = (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)

  /// SipHash-2-4 of 0, 1, … 15 bytes counting up from 00: the reference implementation's `vectors_sip64`, read as
  /// numbers (<https://github.com/veorq/SipHash/blob/master/vectors.h>). The one of 15 bytes is the paper's own
  /// example.
  private static let vectors: [UInt64] = [
    0x726F_DB47_DD0E_0E31, 0x74F8_39C5_93DC_67FD, 0x0D6C_8009_D9A9_4F5A, 0x8567_6696_D7FB_7E2D,
    0xCF27_94E0_2771_87B7, 0x1876_5564_CD99_A68D, 0xCBC9_466E_58FE_E3CE, 0xAB02_00F5_8B01_D137,
    0x93F5_F579_9A93_2462, 0x9E00_82DF_0BA9_E4B0, 0x7A5D_BBC5_94DD_B9F3, 0xF4B3_2F46_226B_ADA7,
    0x751E_8FBC_860E_E5FB, 0x14EA_5627_C084_3D90, 0xF723_CA90_8E7A_F2EE, 0xA129_CA61_49BE_45E5,
  ]

  private func hash(_ length: Int, rounds: Int, finalRounds: Int) -> UInt64 {
    var sip = SipHash(Self.key)
    let bytes = (0..<length).map { UInt64($0) }
    for word in 0..<length / 8 {
      sip.compress((0..<8).reduce(0) { $0 | bytes[word * 8 + $1] << UInt64(8 * $1) }, rounds: rounds)
    }
    let last = (0..<length % 8).reduce(UInt64(length) << 56) { $0 | bytes[length / 8 * 8 + $1] << UInt64(8 * $1) }
    sip.compress(last, rounds: rounds)
    return sip.finish(rounds: finalRounds)
  }

  @Test func sipHash24IsThePublishedOne() {
    for (length, expected) in Self.vectors.enumerated() {
      #expect(hash(length, rounds: 2, finalRounds: 4) == expected, "\(length) bytes")
    }
  }

  /// SipHash-1-3 of the same texts; the hashes of 0 and 1 bytes also appear in the tests of Rust's `SipHasher13`.
  @Test(
    arguments: [
      (0, 0xABAC_0158_050F_C4DC), (1, 0xC9F4_9BF3_7D57_CA93), (7, 0xD392_7D98_9BB1_1140), (8, 0x3690_9511_8D29_9A8E),
      (9, 0x25A4_8EB3_6C06_3DE4), (15, 0xD320_D86D_2A51_9956), (16, 0xCC4F_DD1A_7D90_8B66),
      (63, 0x9D19_9062_B7BB_B3A8),
    ] as [(Int, UInt64)])
  func sipHash13IsThatOfOthers(_ length: Int, _ expected: UInt64) {
    #expect(hash(length, rounds: 1, finalRounds: 3) == expected)
  }
}

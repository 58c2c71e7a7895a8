/// The state of SipHash: Aumasson and Bernstein, <https://www.aumasson.jp/siphash/siphash.pdf>.
struct SipHash {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64

  @inline(__always)
  init(_ key: (UInt64, UInt64)) {
    v0 = key.0 ^ 0x736F_6D65_7073_6575
    v1 = key.1 ^ 0x646F_7261_6E64_6F6D
    v2 = key.0 ^ 0x6C79_6765_6E65_7261
    v3 = key.1 ^ 0x7465_6462_7974_6573
  }

  @inline(__always)
  private mutating func round() {
    v0 = v0 &+ v1
    v1 = v1 << 13 | v1 >> 51
    v1 ^= v0
    v0 = v0 << 32 | v0 >> 32
    v2 = v2 &+ v3
    v3 = v3 << 16 | v3 >> 48
    v3 ^= v2
    v0 = v0 &+ v3
    v3 = v3 << 21 | v3 >> 43
    v3 ^= v0
    v2 = v2 &+ v1
    v1 = v1 << 17 | v1 >> 47
    v1 ^= v2
    v2 = v2 << 32 | v2 >> 32
  }

  /// Adds eight bytes of the message, with this many rounds.
  @inline(__always)
  mutating func compress(_ word: UInt64, rounds: Int = 1) {
    v3 ^= word
    for _ in 0..<rounds { round() }
    v0 ^= word
  }

  /// Returns the hash of the message.
  @inline(__always)
  mutating func finish(rounds: Int = 3) -> UInt64 {
    v2 ^= 0xFF
    for _ in 0..<rounds { round() }
    return v0 ^ v1 ^ v2 ^ v3
  }
}

/// The keyed hash by which the ledger knows a line: SipHash-1-3 of its bytes without line end.
///
/// It is keyed because a hash without a secret would give an address back by trying all of them. Source of the algorithm:
/// Aumasson and Bernstein, <https://www.aumasson.jp/siphash/siphash.pdf>.
public struct LineHasher: Sendable {
  private let key: (UInt64, UInt64)
  private let compressionRounds: Int
  private let finalRounds: Int

  /// A hasher with the ledger's secret key.
  public init(key: (UInt64, UInt64)) {
    self.init(key: key, compressionRounds: 1, finalRounds: 3)
  }

  /// SipHash with other numbers of rounds, to be checked against the published vectors.
  init(key: (UInt64, UInt64), compressionRounds: Int, finalRounds: Int) {
    self.key = key
    self.compressionRounds = compressionRounds
    self.finalRounds = finalRounds
  }

  /// The hash of the bytes in `range`.
  public func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    // Safe because the raw view lives no longer than the span it looks at.
    let raw = unsafe bytes.bytes
    var state = State(key)
    var index = range.lowerBound
    while index &+ 8 <= range.upperBound {
      // Safe because index + 8 <= upperBound <= count was checked.
      let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
      state.compress(UInt64(littleEndian: word), compressionRounds)
      index &+= 8
    }
    var last = UInt64(truncatingIfNeeded: range.count) << 56
    var shift: UInt64 = 0
    while index < range.upperBound {
      last |= UInt64(bytes[index]) << shift
      shift &+= 8
      index &+= 1
    }
    state.compress(last, compressionRounds)
    return state.finish(finalRounds)
  }

  private struct State {
    var v0: UInt64
    var v1: UInt64
    var v2: UInt64
    var v3: UInt64

    init(_ key: (UInt64, UInt64)) {
      v0 = key.0 ^ 0x736F_6D65_7073_6575
      v1 = key.1 ^ 0x646F_7261_6E64_6F6D
      v2 = key.0 ^ 0x6C79_6765_6E65_7261
      v3 = key.1 ^ 0x7465_6462_7974_6573
    }

    @inline(__always)
    mutating func round() {
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

    @inline(__always)
    mutating func compress(_ word: UInt64, _ rounds: Int) {
      v3 ^= word
      for _ in 0..<rounds { round() }
      v0 ^= word
    }

    mutating func finish(_ rounds: Int) -> UInt64 {
      v2 ^= 0xFF
      for _ in 0..<rounds { round() }
      return v0 ^ v1 ^ v2 ^ v3
    }
  }
}

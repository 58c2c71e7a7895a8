/// A keyed hash of pairs of byte strings that may stand for them: two pairs have the same one with a chance of 2⁻⁶³ or so,
/// and nobody who does not know the key can make two that do.
///
/// For tables in memory that have no room for the strings themselves; never stored. Strings are folded by ``ByteFolding``.
public struct SecretHash: Sendable {
  private let words: [UInt64]

  /// A hash with a key of its own, gone with it.
  public init() {
    var generator = SystemRandomNumberGenerator()
    words = (0..<ByteFolding.words + 2).map { _ in generator.next() }
  }

  /// The hash of a number with the bytes in two ranges.
  public func hash(_ number: UInt64, _ bytes: Span<UInt8>, _ first: Range<Int>, _ second: Range<Int>) -> UInt64 {
    let start = ByteHash.mix(number ^ words[ByteFolding.words], words[ByteFolding.words + 1])
    return hash(bytes, second, from: hash(bytes, first, from: start))
  }

  /// The hash of a number with the bytes in a range.
  public func hash(_ number: UInt64, _ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    hash(bytes, range, from: ByteHash.mix(number ^ words[ByteFolding.words], words[ByteFolding.words + 1]))
  }

  private func hash(_ bytes: Span<UInt8>, _ range: Range<Int>, from state: UInt64) -> UInt64 {
    var state = state ^ UInt64(truncatingIfNeeded: range.count)
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(start &+ ByteFolding.longest, range.upperBound)
      let folded = ByteFolding.fold(bytes, start..<end, with: words.span)
      state = ByteHash.mix(state ^ folded.low, folded.high ^ words[ByteFolding.words])
      start = end
    }
    return ByteHash.mix(state ^ words[ByteFolding.words + 1], 0x9E37_79B9_7F4A_7C15)
  }
}

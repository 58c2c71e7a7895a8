/// A keyed hash that identifies pairs of byte strings. Two pairs have the same hash with a probability of about
/// 2⁻⁶³, and without the key nobody can construct two that do.
///
/// For tables in memory that have no room for the strings themselves; never stored. ``ByteFolding`` folds the strings.
public struct SecretHash: Sendable {
  private let words: [UInt64]

  /// Creates a hash with a random key of its own, which is gone when the hash is.
  public init() {
    var generator = SystemRandomNumberGenerator()
    words = (0..<ByteFolding.words + 2).map { _ in generator.next() }
  }

  /// Returns the hash of a number and the bytes in two ranges.
  public func hash(_ number: UInt64, _ bytes: Span<UInt8>, _ first: Range<Int>, _ second: Range<Int>) -> UInt64 {
    let start = ByteHash.mix(number ^ words[ByteFolding.words], words[ByteFolding.words + 1])
    return hash(bytes, second, from: hash(bytes, first, from: start))
  }

  /// Returns the hash of a number and the bytes in a range.
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

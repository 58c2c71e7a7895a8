/// Folds up to 256 bytes to 16 with NH: the sum of the products of neighbouring words, each with a secret word added.
///
/// Two different texts of the same length have the same fold with a probability of at most 2⁻⁶⁴ for anyone who does not
/// know the secret words. If the length of a text is not a multiple of 16 bytes, its last pair of words overlaps the one
/// before. A text of less than 16 bytes is padded with zeros. Source of the algorithm: Black, Halevi, Krawczyk, Krovetz
/// and Rogaway, "UMAC: Fast and Secure Message Authentication",
/// <https://www.cs.ucdavis.edu/~rogaway/umac/umac_full.pdf>.
public enum ByteFolding {
  /// The most bytes that can be folded.
  public static let longest = 256
  /// The number of secret words that this takes.
  public static let words = longest / 8

  /// Returns the fold of the bytes in `range`.
  @inlinable @inline(__always)
  public static func fold(
    _ bytes: Span<UInt8>, _ range: Range<Int>, with secret: Span<UInt64>
  ) -> (low: UInt64, high: UInt64) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= bytes.count && range.count <= longest && secret.count >= words)
    guard range.count >= 16 else { return foldFew(bytes, range, with: secret) }
    // Safe because the raw view lives no longer than the span it looks at.
    let raw = unsafe bytes.bytes
    // Two sums, so that neither waits for the other's carry.
    var sum = (low: UInt64(0), high: UInt64(0))
    var other = (low: UInt64(0), high: UInt64(0))
    var index = range.lowerBound
    var word = 0
    while index <= range.upperBound &- 32 {
      // Safe because index + 32 <= upperBound <= count, and word + 3 < words as count <= longest.
      unsafe addPair(raw, at: index, secret, word, to: &sum)
      unsafe addPair(raw, at: index &+ 16, secret, word &+ 2, to: &other)
      index &+= 32
      word &+= 4
    }
    if index <= range.upperBound &- 16 {
      // Safe for the same reason.
      unsafe addPair(raw, at: index, secret, word, to: &sum)
      index &+= 16
      word &+= 2
    }
    if index < range.upperBound {
      // The last pair ends where the text does. Safe because the text is at least 16 bytes long.
      unsafe addPair(raw, at: range.upperBound &- 16, secret, word, to: &sum)
    }
    let (low, carries) = sum.low.addingReportingOverflow(other.low)
    return (low, sum.high &+ other.high &+ (carries ? 1 : 0))
  }

  /// Adds the product of the two words at `place`. The caller ensures that they and the secret words exist.
  @inlinable @inline(__always) @unsafe
  static func addPair(
    _ raw: borrowing RawSpan, at place: Int, _ secret: Span<UInt64>, _ word: Int,
    to sum: inout (low: UInt64, high: UInt64)
  ) {
    let first = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt64.self)
    let second = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: place &+ 8, as: UInt64.self)
    let left = unsafe UInt64(littleEndian: first) &+ secret[unchecked: word]
    let right = unsafe UInt64(littleEndian: second) &+ secret[unchecked: word &+ 1]
    add(left.multipliedFullWidth(by: right), to: &sum)
  }

  @usableFromInline
  static func foldFew(
    _ bytes: Span<UInt8>, _ range: Range<Int>, with secret: Span<UInt64>
  ) -> (low: UInt64, high: UInt64) {
    let text = few(bytes, range)
    let product = (text.low &+ secret[0]).multipliedFullWidth(by: text.high &+ secret[1])
    return (product.low, product.high)
  }

  /// Returns up to fifteen bytes as a number, the first one lowest.
  private static func few(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (low: UInt64, high: UInt64) {
    let count = range.count
    guard count >= 8 else { return (fewer(bytes, range), 0) }
    // Safe because the raw view lives no longer than the span it looks at.
    let raw = unsafe bytes.bytes
    // Safe because the range is within the span, as was checked, and eight bytes long or longer.
    let first = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: range.lowerBound, as: UInt64.self)
    let last = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: range.upperBound &- 8, as: UInt64.self)
    // Bytes that both words contain are shifted out: all of them if there are no more than eight.
    return (UInt64(littleEndian: first), UInt64(littleEndian: last) >> UInt64(8 &* (16 &- count)))
  }

  /// Returns up to seven bytes as a number, the first one lowest.
  private static func fewer(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    let count = range.count
    guard count >= 4 else {
      var text: UInt64 = 0
      for index in range.reversed() { text = text << 8 | UInt64(bytes[index]) }
      return text
    }
    // Safe because the raw view lives no longer than the span it looks at.
    let raw = unsafe bytes.bytes
    // Safe because the range is within the span, as was checked, and four bytes long or longer.
    let first = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: range.lowerBound, as: UInt32.self)
    let last = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: range.upperBound &- 4, as: UInt32.self)
    return UInt64(UInt32(littleEndian: first)) | UInt64(UInt32(littleEndian: last)) << UInt64(8 &* (count &- 4))
  }

  @inlinable @inline(__always)
  static func add(_ product: (high: UInt64, low: UInt64.Magnitude), to sum: inout (low: UInt64, high: UInt64)) {
    let (low, carries) = sum.low.addingReportingOverflow(product.low)
    sum.low = low
    sum.high = sum.high &+ product.high &+ (carries ? 1 : 0)
  }
}

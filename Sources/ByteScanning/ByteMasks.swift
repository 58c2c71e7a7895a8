/// Which of up to 64 bytes are of a class: one bit each, the first byte's lowest.
///
/// Questions about runs of bytes become a few operations on the bits of a whole text. Eight bytes are compared at a
/// time, in a word whose bytes do not carry into each other ("Bit Twiddling Hacks", hasless). Vectors are no help:
/// comparisons of their bytes are not compiled to vector instructions.
public struct ByteMasks {
  /// The most bytes that are looked at.
  public static let longest = 64

  /// ASCII digits.
  public let digits: UInt64
  /// ASCII capitals.
  public let capitals: UInt64
  /// Small ASCII letters.
  public let smalls: UInt64
  /// Whether there may be a byte that is rare in paths: below `-`, from `:` to `@`, or not ASCII.
  public let hasMarks: Bool

  /// Looks at the bytes from `start` to `end`, at most 64.
  @inline(__always)
  public init(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    var (digits, capitals, smalls, marks) = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
    let unused = Self.forEachWord(bytes, from: start, to: end) { word in
      let low = word & ~ByteSearch.highBits
      let fromDigits = Self.from(0x30, low)
      let afterDigits = Self.from(0x3A, low)
      let folded = low | Self.ones &* 0x20
      let letters = Self.from(0x61, folded) & ~(Self.from(0x7B, folded) | word)
      // Small letters have the bit 0x20.
      let isSmall = word &<< 2
      marks |= (afterDigits & ~Self.from(0x41, low)) | ~Self.from(0x2D, low)
      digits = digits &>> 8 | Self.bits(fromDigits & ~(afterDigits | word))
      smalls = smalls &>> 8 | Self.bits(letters & isSmall)
      capitals = capitals &>> 8 | Self.bits(letters & ~isSmall)
    }
    self.digits = digits >> unused
    self.capitals = capitals >> unused
    self.smalls = smalls >> unused
    hasMarks = marks & ByteSearch.highBits != 0
  }

  /// Returns which of the bytes from `start` to `end`, at most 64, are this one.
  public static func places(of byte: UInt8, in bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt64 {
    let pattern = ones &* UInt64(byte)
    var places: UInt64 = 0
    let unused = forEachWord(bytes, from: start, to: end) { word in
      let rest = word ^ pattern
      places = places &>> 8 | bits(~(((rest & ~ByteSearch.highBits) &+ ~ByteSearch.highBits) | rest))
    }
    places = places >> unused
    // Without the slashes that fill the last word.
    return end - start < longest ? places & ((1 << UInt64(end - start)) - 1) : places
  }

  private static let ones = ByteSearch.ones

  /// Calls `body` with eight bytes at a time, the first one lowest. The last ones are filled with slashes.
  ///
  /// - Returns: how many of 64 bits are left over if `body` took eight each time.
  @inline(__always)
  private static func forEachWord(_ bytes: Span<UInt8>, from start: Int, to end: Int, _ body: (UInt64) -> Void)
    -> UInt64
  {
    precondition(start >= 0 && end <= bytes.count && end - start <= longest)
    // Safe because the raw view lives no longer than the span it looks at.
    let raw = unsafe bytes.bytes
    var index = start
    while index <= end &- 8 {
      // Safe because index <= end - 8 and end <= count were checked.
      body(UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)))
      index &+= 8
    }
    let count = UInt64(truncatingIfNeeded: end &- index)
    if count > 0 {
      var rest: UInt64 = 0
      if end >= 8 {
        // Safe because end - 8 >= 0 and end <= count. Bytes before the rest are shifted out.
        let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: end &- 8, as: UInt64.self)
        rest = UInt64(littleEndian: word) &>> (8 &* (8 &- count))
      } else {
        for place in (index..<end).reversed() { rest = rest << 8 | UInt64(bytes[place]) }
      }
      body(rest | (ones &* 0x2F) &<< (8 &* count))
      index &+= 8
    }
    return UInt64(truncatingIfNeeded: longest &- (index &- start))
  }

  /// Returns the high bit of each byte of a word that is at least `byte`, if the bytes are ASCII.
  @inline(__always)
  private static func from(_ byte: UInt8, _ word: UInt64) -> UInt64 { word &+ ones &* UInt64(0x80 &- byte) }

  /// Returns the high bits of a word's bytes side by side, in the highest byte.
  @inline(__always)
  private static func bits(_ marks: UInt64) -> UInt64 {
    ((marks & ByteSearch.highBits) &* 0x0002_0408_1020_4081) & 0xFF00_0000_0000_0000
  }
}

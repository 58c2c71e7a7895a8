/// Which of up to 64 bytes are of a class: one bit each, the first byte's lowest.
///
/// Questions about runs of bytes become a few operations on the bits of a whole text. Sixteen bytes are compared at a
/// time, as two words whose bytes do not carry into each other ("Bit Twiddling Hacks", hasless; comparisons of SIMD
/// vectors of bytes are not compiled to vector instructions). A load may begin before the text, but never ends after
/// it.
public struct ByteMasks {
  /// The most bytes that are looked at.
  public static let longest = 64

  /// ASCII digits.
  public private(set) var digits: UInt64 = 0
  /// ASCII capitals.
  public private(set) var capitals: UInt64 = 0
  /// Small ASCII letters.
  public private(set) var smalls: UInt64 = 0

  private typealias Block = SIMD2<UInt64>

  /// Whether there are any of `$%&'()*+,` or of `:;<=>?@`, which are rare in paths.
  public private(set) var hasMarks = false

  /// Looks at the bytes from `start` to `end`, at most 64.
  @inline(__always)
  public init(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    var marks = Block()
    Self.forEachBlock(bytes, from: start, to: end) { block, shift, skip in
      let letters = Self.letters(block)
      digits |= Self.bits(Self.between(block, 0x30, 0x39), skip) &<< shift
      capitals |= Self.bits(letters & ~Self.smallBits(block), skip) &<< shift
      smalls |= Self.bits(letters & Self.smallBits(block), skip) &<< shift
      marks |= Self.between(block, 0x24, 0x2C) | Self.between(block, 0x3A, 0x40)
    }
    hasMarks = marks.x | marks.y != 0
  }

  /// Returns which of the bytes from `start` to `end`, at most 64, are this one.
  public static func places(of byte: UInt8, in bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt64 {
    var places: UInt64 = 0
    forEachBlock(bytes, from: start, to: end) { block, shift, skip in
      places |= bits(equal(block, byte), skip) &<< shift
    }
    return places
  }

  /// Calls `body` with sixteen bytes, the place of their first bit, and how many of them come before what is looked at.
  @inline(__always)
  private static func forEachBlock(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, _ body: (Block, UInt64, UInt64) -> Void
  ) {
    precondition(start >= 0 && end <= bytes.count && end - start <= longest)
    // Safe because the raw view lives no longer than the span it looks at.
    let raw = unsafe bytes.bytes
    var index = start
    while index <= end &- 16 {
      // Safe because index <= end - 16 and end <= count were checked.
      let block = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: Block.self)
      body(block, UInt64(truncatingIfNeeded: index &- start), 0)
      index &+= 16
    }
    guard index < end else { return }
    let shift = UInt64(truncatingIfNeeded: index &- start)
    if end >= 16 {
      // Safe because end - 16 >= 0 and end <= count.
      let block = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: end &- 16, as: Block.self)
      body(block, shift, UInt64(truncatingIfNeeded: 16 &- (end &- index)))
    } else {
      var block = Block()
      for place in (index..<end).reversed() {
        block.y = block.y << 8 | block.x >> 56
        block.x = block.x << 8 | UInt64(bytes[place])
      }
      body(block, shift, 0)
    }
  }

  /// Returns the high bits of the bytes that are letters.
  @inline(__always)
  private static func letters(_ block: Block) -> Block {
    between(block | Block(repeating: ByteSearch.ones &* 0x20), 0x61, 0x7A)
  }

  /// Returns the high bits of the bytes that are small letters, and of some that are no letters.
  @inline(__always)
  private static func smallBits(_ block: Block) -> Block { block &<< Block(repeating: 2) }

  /// Returns the high bits of the bytes that lie between two ASCII bytes.
  @inline(__always)
  private static func between(_ block: Block, _ low: UInt8, _ high: UInt8) -> Block {
    let bytes = block & Block(repeating: ~ByteSearch.highBits)
    let isAtLeastLow = bytes &+ Block(repeating: ByteSearch.ones &* UInt64(0x80 &- low))
    let isAbove = bytes &+ Block(repeating: ByteSearch.ones &* UInt64(0x7F &- high))
    return isAtLeastLow & ~(isAbove | block) & Block(repeating: ByteSearch.highBits)
  }

  /// Returns the high bits of the bytes that are this one.
  @inline(__always)
  private static func equal(_ block: Block, _ byte: UInt8) -> Block {
    let rest = block ^ Block(repeating: ByteSearch.ones &* UInt64(byte))
    let low = Block(repeating: ~ByteSearch.highBits)
    return ~(((rest & low) &+ low) | rest) & Block(repeating: ByteSearch.highBits)
  }

  /// Returns the high bits of a block's bytes side by side, without the first ones.
  @inline(__always)
  private static func bits(_ block: Block, _ skip: UInt64) -> UInt64 {
    (bits(block.x) | bits(block.y) &<< 8) &>> skip
  }

  /// Returns the high bits of a word's bytes side by side.
  @inline(__always)
  private static func bits(_ marks: UInt64) -> UInt64 { ((marks &>> 7) &* 0x0102_0408_1020_4080) &>> 56 }
}

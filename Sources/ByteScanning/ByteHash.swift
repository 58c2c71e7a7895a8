/// A fast hash of bytes for tables in memory. It has no secret, may change between versions, and is never stored.
///
/// Words are mixed by 64×64→128-bit multiplication as in wyhash (<https://github.com/wangyi-fudan/wyhash>).
public enum ByteHash {
  /// Returns the hash of the bytes in `range`.
  @inlinable
  public static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    // Safe because the raw view lives no longer than the span it looks at.
    let raw = unsafe bytes.bytes
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: range.count)
    var index = range.lowerBound
    let end = range.upperBound
    var first: UInt64 = 0
    var second: UInt64 = 0
    if range.count >= 16 {
      while index &+ 16 < end {
        // Safe because index + 16 < end <= count was checked.
        first = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
        second = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index &+ 8, as: UInt64.self)
        state = mix(first ^ 0xA076_1D64_78BD_642F, second ^ state)
        index &+= 16
      }
      // The last two words end where the text does. Safe because it has sixteen bytes, as was checked.
      first = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: end &- 16, as: UInt64.self)
      second = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: end &- 8, as: UInt64.self)
    } else if range.count >= 8 {
      // Safe because the text has eight bytes, as was checked.
      first = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
      second = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: end &- 8, as: UInt64.self)
    } else {
      while index < end {
        // Safe because index < end <= count was checked.
        first = first << 8 | UInt64(unsafe bytes[unchecked: index])
        index &+= 1
      }
    }
    return mix(mix(first ^ 0xE703_7ED1_A0B4_28DB, second ^ state) ^ 0x8EBC_6AF0_9C88_C6E3, 0x5899_65CC_7537_4CC3)
  }

  /// Mixes two words into one by multiplication: XORs the high half of the product with the low half.
  @inlinable @inline(__always)
  public static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}

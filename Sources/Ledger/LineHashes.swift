/// Line hashes as bytes, eight each, least significant first.
public enum LineHashes {
  /// Returns the bytes of hashes.
  public static func packed(_ hashes: ArraySlice<UInt64>) -> [UInt8] {
    let words = hashes.map { $0.littleEndian }
    // Safe because the bytes are copied before the words are freed.
    return unsafe words.withUnsafeBytes { unsafe [UInt8]($0) }
  }

  /// Returns the bytes of hashes.
  public static func packed(_ hashes: [UInt64]) -> [UInt8] {
    packed(hashes[...])
  }

  /// Returns the hashes of bytes; fewer than eight trailing bytes are ignored.
  public static func unpacked(_ bytes: [UInt8]) -> [UInt64] {
    let span = bytes.span
    // Safe because the raw view lives no longer than the span, and each load ends within it.
    let raw = unsafe span.bytes
    return (0..<bytes.count / 8).map { word in
      UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: word * 8, as: UInt64.self))
    }
  }
}

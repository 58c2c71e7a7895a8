/// A hash of bytes that never changes and may be stored: FNV-1a with 64 bits. It has no secret, so it hides nothing.
///
/// Source: <https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>.
public enum StableHash {
  /// Returns the hash of some bytes.
  public static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}

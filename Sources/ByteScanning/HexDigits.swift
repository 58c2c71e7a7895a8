/// Reads and writes hexadecimal digits.
public enum HexDigits {
  /// The value of a digit in either case; nil for any other byte.
  @inline(__always)
  public static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  /// The upper-case digit of a value below 16.
  @inline(__always)
  public static func upper(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x41 + value - 10
  }
}

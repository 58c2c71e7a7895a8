/// Reads and writes hexadecimal digits.
public enum HexDigits {
  /// Returns the value of a digit in either case; nil for any other byte.
  @inline(__always)
  public static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  /// Returns the upper-case digit of a value below 16.
  @inline(__always)
  public static func upper(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x41 + value - 10
  }

  private static let lower = Array("0123456789abcdef".utf8)

  /// Appends the 16 lower-case digits of a number.
  public static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt64(60), through: 0, by: -4) { bytes.append(lower[Int(number >> shift & 15)]) }
  }

  /// Returns the 16 lower-case digits of a number.
  public static func text(_ number: UInt64) -> String {
    var bytes: [UInt8] = []
    append(number, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns two lower-case digits for each byte.
  public static func text(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.flatMap { [lower[Int($0 >> 4)], lower[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Returns the bytes that are written as two digits each, in either case; nil for anything else.
  public static func bytes(_ text: String) -> [UInt8]? {
    let values = text.utf8.compactMap(value)
    guard values.count == text.utf8.count, values.count % 2 == 0 else { return nil }
    return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }
}

import ByteScanning

/// Hexadecimal digits in lower case.
enum Hex {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Appends the 16 digits of a number.
  static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt64(60), through: 0, by: -4) { bytes.append(digits[Int(number >> shift & 15)]) }
  }

  /// The 16 digits of a number.
  static func text(_ number: UInt64) -> String {
    var bytes: [UInt8] = []
    append(number, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Two digits for each byte.
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The bytes of two digits each; nil for anything else.
  static func bytes(_ text: String) -> [UInt8]? {
    let values = text.utf8.compactMap(HexDigits.value)
    guard values.count == text.utf8.count, values.count % 2 == 0 else { return nil }
    return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }
}

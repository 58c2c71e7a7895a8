import ByteScanning

/// Decodes the escapes of JSON strings. Source of the rule: RFC 8259, section 7.
enum JSONText {
  /// Appends the text between two quotes, decoded.
  ///
  /// - Parameter keepsControls: whether control characters are kept; otherwise they are dropped.
  static func append(
    _ bytes: Span<UInt8>, _ string: (text: Range<Int>, hasEscapes: Bool), keepsControls: Bool, to out: inout [UInt8]
  ) throws(JSONFault) {
    guard string.hasEscapes || !keepsControls else {
      ByteCopy.append(bytes, string.text, to: &out)
      return
    }
    var index = string.text.lowerBound
    while index < string.text.upperBound {
      let byte = bytes[index]
      if byte == Byte.backslash {
        let (character, width) = try escaped(bytes, index..<string.text.upperBound)
        let isControl = character.value < 0x20 || character.value == 0x7F
        if keepsControls || !isControl, let bytes = UTF8.encode(character) { out.append(contentsOf: bytes) }
        index += width
      } else {
        if keepsControls || byte != 0x7F { out.append(byte) }
        index += 1
      }
    }
  }

  /// Checks the escapes of the text between two quotes.
  static func check(
    _ bytes: Span<UInt8>, _ string: (text: Range<Int>, hasEscapes: Bool)
  ) throws(JSONFault) {
    guard string.hasEscapes else { return }
    var index = string.text.lowerBound
    while index < string.text.upperBound {
      index += bytes[index] == Byte.backslash ? try escaped(bytes, index..<string.text.upperBound).width : 1
    }
  }

  /// Returns the character that the escape at the start of `range` stands for, and the escape's width in bytes.
  private static func escaped(
    _ bytes: Span<UInt8>, _ range: Range<Int>
  ) throws(JSONFault) -> (character: Unicode.Scalar, width: Int) {
    guard range.count >= 2 else { throw .syntax }
    switch bytes[range.lowerBound + 1] {
    case Byte.quote: return ("\"", 2)
    case Byte.backslash: return ("\\", 2)
    case Byte.slash: return ("/", 2)
    case UInt8(ascii: "b"): return ("\u{8}", 2)
    case UInt8(ascii: "f"): return ("\u{C}", 2)
    case UInt8(ascii: "n"): return ("\n", 2)
    case UInt8(ascii: "r"): return ("\r", 2)
    case UInt8(ascii: "t"): return ("\t", 2)
    case UInt8(ascii: "u"): return try unicode(bytes, range)
    default: throw .syntax
    }
  }

  /// Returns the character of `\uHHHH`, or of a surrogate pair of two.
  private static func unicode(
    _ bytes: Span<UInt8>, _ range: Range<Int>
  ) throws(JSONFault) -> (character: Unicode.Scalar, width: Int) {
    let first = try unit(bytes, range)
    if let character = Unicode.Scalar(first) { return (character, 6) }
    guard first & 0xFC00 == 0xD800, range.count >= 8, bytes[range.lowerBound + 6] == Byte.backslash,
      bytes[range.lowerBound + 7] == UInt8(ascii: "u")
    else { throw .surrogate }
    let second = try unit(bytes, range.lowerBound + 6..<range.upperBound)
    guard second & 0xFC00 == 0xDC00,
      let character = Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
    else { throw .surrogate }
    return (character, 12)
  }

  private static func unit(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(JSONFault) -> UInt32 {
    guard range.count >= 6 else { throw .syntax }
    var value: UInt32 = 0
    for index in range.lowerBound + 2..<range.lowerBound + 6 {
      guard let digit = HexDigits.value(bytes[index]) else { throw .syntax }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

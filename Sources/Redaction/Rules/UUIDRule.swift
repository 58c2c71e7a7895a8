import ByteScanning

/// Finds UUIDs of all versions: 8, 4, 4, 4 and 12 hexadecimal digits (RFC 9562, section 4), also in braces, after
/// `urn:uuid:` or with underscores.
///
/// Without marks between them, 32 digits may as well be an MD5 hash. ``TokenRule`` finds both.
enum UUIDRule {
  static func find(in passage: inout Passage) {
    var index = 0
    while index + length <= passage.count {
      guard isUUID(passage, at: index) else {
        index += 1
        continue
      }
      var range = index..<index + length
      if passage[index - 1] == Byte.openBrace, passage[range.upperBound] == Byte.closeBrace {
        range = range.lowerBound - 1..<range.upperBound + 1
      } else if passage.matches("urn:uuid:", at: index - 9) {
        range = range.lowerBound - 9..<range.upperBound
      }
      passage.find(.uuid, range)
      index = range.upperBound
    }
  }

  private static let length = 36

  private static func isUUID(_ passage: Passage, at start: Int) -> Bool {
    let mark = passage[start + 8]
    guard mark == Byte.hyphen || mark == Byte.underscore else { return false }
    for offset in 0..<length {
      let byte = passage[start + offset]
      let isMark = offset == 8 || offset == 13 || offset == 18 || offset == 23
      guard isMark ? byte == mark : HexDigits.value(byte) != nil else { return false }
    }
    return HexDigits.value(passage[start - 1]) == nil && !passage.isWord(start + length)
  }
}

import ByteScanning

/// Finds JSON Web Tokens: two to five parts in base64url, joined by dots (RFC 7519, section 3; RFC 7516 for five).
///
/// The first part is a JSON object, so it begins as `{"` does in base64: `eyJ`.
enum JWTRule {
  static func find(in passage: inout Passage) {
    var index = 0
    while index < passage.count {
      defer { index += 1 }
      guard passage[index] == 0x65, passage[index + 1] == 0x79, passage[index + 2] == 0x4A,
        !passage.isWord(index - 1)
      else { continue }
      var end = endOfPart(passage, from: index)
      let second = endOfPart(passage, from: end + 1)
      guard end - index >= shortestPart, passage[end] == Byte.dot, second - end > shortestPart else {
        // No other one begins within this part.
        index = end
        continue
      }
      end = second
      var parts = 2
      while parts < 5, passage[end] == Byte.dot {
        let next = endOfPart(passage, from: end + 1)
        // `.html` after a token is not its part; an unsigned token ends with a dot.
        if next - end > 1, next - end < shortestPart { break }
        end = next
        parts += 1
      }
      passage.find(.token, index..<end)
      index = end
    }
  }

  /// `{"a":1}` has ten characters.
  private static let shortestPart = 10

  private static func endOfPart(_ passage: Passage, from start: Int) -> Int {
    var end = start
    while Byte.isLetterOrDigit(passage[end]) || passage[end] == Byte.hyphen || passage[end] == Byte.underscore {
      end += 1
    }
    return end
  }
}

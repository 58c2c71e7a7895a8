import ByteScanning

/// Finds IPv6 addresses in the forms of RFC 4291, section 2.2, also in brackets (RFC 3986, section 3.2.2) and with a
/// zone (RFC 6874).
///
/// A shortened address needs a decimal digit, and five hexadecimal ones unless it stands alone: `B::C` is a name of
/// programmers.
enum IPv6Rule {
  static func find(in passage: inout Passage) {
    var index = 0
    while index < passage.count {
      guard isPart(passage[index]) else {
        index += 1
        continue
      }
      var end = index
      while isPart(passage[end]) { end += 1 }
      if let address = address(passage, index..<end) { passage.find(.ip, address) }
      index = end
    }
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    HexDigits.value(byte) != nil || byte == Byte.colon || byte == Byte.dot
  }

  /// Returns the address that a run of hexadecimal digits, colons and dots is, with what belongs to it.
  private static func address(_ passage: Passage, _ run: Range<Int>) -> Range<Int>? {
    var range = run
    // The full stop of a sentence, the colon before a value, the extension of a file.
    while range.count > 2, passage[range.upperBound - 1] == Byte.dot { range = range.lowerBound..<range.upperBound - 1 }
    if passage[range.lowerBound] == Byte.colon, passage[range.lowerBound + 1] != Byte.colon {
      range = range.lowerBound + 1..<range.upperBound
    }
    guard range.count > 2, !passage.isWord(range.lowerBound - 1), isAddress(passage, range) else { return nil }
    var end = range.upperBound
    if passage[end] == Byte.percent {
      end += 1
      while Byte.isLetterOrDigit(passage[end]) { end += 1 }
    }
    guard !passage.isWord(end) else { return nil }
    if passage[range.lowerBound - 1] == Byte.openBracket, passage[end] == Byte.closeBracket {
      return range.lowerBound - 1..<end + 1
    }
    return range.lowerBound..<end
  }

  private static func isAddress(_ passage: Passage, _ range: Range<Int>) -> Bool {
    var (groups, digits, decimals, gaps) = (0, 0, 0, 0)
    var index = range.lowerBound
    while index < range.upperBound {
      if passage[index] == Byte.colon {
        let isGap = passage[index + 1] == Byte.colon
        let isBetween = index > range.lowerBound && index + 1 < range.upperBound
        guard isGap || isBetween else { return false }
        if isGap { gaps += 1 }
        index += isGap ? 2 : 1
        continue
      }
      let start = index
      while index < range.upperBound, HexDigits.value(passage[index]) != nil {
        decimals += Byte.isDigit(passage[index]) ? 1 : 0
        index += 1
      }
      if passage[index] == Byte.dot, index < range.upperBound {
        // The last 32 bits may be written as IPv4.
        guard IPv4Rule.endOfQuad(passage, from: start) == range.upperBound else { return false }
        groups += 2
        digits += 8
        decimals += 1
        break
      }
      guard 1...4 ~= index - start else { return false }
      groups += 1
      digits += index - start
    }
    guard gaps > 0 else { return groups == 8 }
    return gaps == 1 && groups < 8 && decimals > 0 && (digits >= 5 || isAlone(passage, range))
  }

  /// Whether an address is all of a segment, a parameter or a value.
  private static func isAlone(_ passage: Passage, _ range: Range<Int>) -> Bool {
    borders.contains(passage[range.lowerBound - 1]) && borders.contains(passage[range.upperBound])
  }

  private static let borders = [
    Passage.blank, Byte.slash, Byte.equals, Byte.ampersand, Byte.questionMark, Byte.openBracket, Byte.closeBracket,
  ]
}

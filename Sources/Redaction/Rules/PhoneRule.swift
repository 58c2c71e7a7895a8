import ByteScanning

/// Finds telephone numbers in international form: `+` or `00`, a country code and up to fifteen digits in all
/// (ITU-T E.164, section 6; E.123 for the marks between groups).
///
/// National numbers cannot be told from other numbers, unless they follow `tel:` (RFC 3966).
enum PhoneRule {
  static func find(in passage: inout Passage) {
    var index = 0
    while index < passage.count {
      if let range = number(passage, at: index) {
        passage.find(.phone, range)
        index = range.upperBound
      } else {
        index += 1
      }
    }
  }

  private static func number(_ passage: Passage, at index: Int) -> Range<Int>? {
    let isPlus = passage[index] == Byte.plus
    let isZeros =
      passage[index] == 0x30 && passage[index + 1] == 0x30
      && !(isMark(passage, index - 1) && Byte.isDigit(passage[index - 2]))
    let isDeclared = isPlus || Byte.isDigit(passage[index]) ? isAfterScheme(passage, index) : false
    guard isPlus || isZeros || isDeclared, isDeclared || !passage.isWord(index - 1), passage[index - 1] != Byte.plus,
      passage[index - 1] != Byte.dot
    else { return nil }
    var start = index + (isPlus ? 1 : isZeros ? 2 : 0)
    if isPlus, passage[start] == Byte.openParenthesis || passage.isSpace(start) { start += 1 }
    let digits = Digits(passage, from: start, marks: 3) { isMark(passage, $0) }
    if isDeclared, !isPlus, !isZeros { return national(digits, from: start) }
    guard let end = end(of: digits, isPlus: isPlus), !passage.isWord(end) else { return nil }
    return index..<end
  }

  private static func isAfterScheme(_ passage: Passage, _ index: Int) -> Bool {
    passage[index - 1] == Byte.colon && schemes.contains { passage.matches($0, at: index - $0.utf8.count) }
  }

  private static let schemes = ["tel:", "sms:", "callto:"]

  private static func isMark(_ passage: Passage, _ index: Int) -> Bool {
    let byte = passage[index]
    return byte == Byte.hyphen || byte == Byte.dot || byte == Byte.openParenthesis || byte == Byte.closeParenthesis
      || passage.isSpace(index) || (byte == Byte.slash && !(passage.isPath && passage.isSlash(index)))
  }

  private static func national(_ digits: Digits, from start: Int) -> Range<Int>? {
    guard digits.values.count >= 6, let end = end(digits, longest: 15) else { return nil }
    return start..<end
  }

  /// Returns where a number ends of which the first group holds the country code.
  private static func end(of digits: Digits, isPlus: Bool) -> Int? {
    guard let first = digits.values.first, first != 0, let end = end(digits, longest: 15) else { return nil }
    let count = digits.values.count
    // No country has these codes.
    if count > 1, [28, 83, 89].contains(first * 10 + digits.values[1]) { return nil }
    if !isPlus, digits.groups.count == 1 {
      // Numbers of products have zeros in front, too: EANs of North America begin with one.
      guard count >= 10, !((10...12).contains(count) && Digits.isGTIN(digits.values[...])) else { return nil }
    }
    // North America and Russia have numbers of one length, which tells them from other numbers.
    if first == 1 || first == 7 { return count >= 11 ? self.end(digits, longest: 11) : nil }
    return count >= 8 ? end : nil
  }

  /// Returns where the last group ends with which a number has at most `longest` digits.
  private static func end(_ digits: Digits, longest: Int) -> Int? {
    var count = 0
    var end: Int?
    for (group, place) in zip(digits.groups, digits.ends) {
      count += group
      if count <= longest { end = place }
    }
    return end
  }
}

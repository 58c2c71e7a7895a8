import ByteScanning

/// A text as the rules read it: without percent escapes, with the place of each byte in the escaped text.
///
/// Escapes of escapes are decoded as well, because an address in a link in a link is escaped twice: `%2540` is `%40`
/// is `@`. What a rule finds is blanked, so that no other rule finds it again.
struct Passage {
  /// A part that is to be replaced.
  struct Finding {
    var range: Range<Int>
    var kind: RedactedKinds
  }

  /// What replaces bytes that were found. It is no letter, digit or mark, so every rule ends there.
  static let blank: UInt8 = 0

  /// The decoded bytes.
  private(set) var bytes: [UInt8] = []
  /// Where each decoded byte begins in the text, counted from its start, and where the last one ends.
  private var places: [Int] = []
  private(set) var findings: [Finding] = []
  /// Whether the text is a path and not a value.
  let isPath: Bool
  /// Where the query of a path begins; the number of bytes if there is none.
  private(set) var query = -1
  /// The number of digits, and of each of the marks by which rules see whether they have anything to do.
  private(set) var digits = 0
  private(set) var ats = 0
  private(set) var colons = 0
  private(set) var dots = 0
  private(set) var hyphens = 0

  init(_ text: Span<UInt8>, from start: Int, isPath: Bool) {
    self.isPath = isPath
    bytes.reserveCapacity(text.count - start)
    places.reserveCapacity(text.count - start + 1)
    var index = start
    while index < text.count {
      places.append(index - start)
      let (byte, width) = Self.decode(text, at: index)
      if isPath, query < 0, width == 1, byte == Byte.questionMark { query = bytes.count }
      tally(byte)
      // Nothing of the text may look as if it was found.
      bytes.append(byte == Self.blank ? 1 : byte)
      index += width
    }
    places.append(text.count - start)
    if query < 0 { query = bytes.count }
  }

  private mutating func tally(_ byte: UInt8) {
    switch byte {
    case 0x30...0x39: digits += 1
    case Byte.at: ats += 1
    case Byte.colon: colons += 1
    case Byte.dot: dots += 1
    case Byte.hyphen, Byte.underscore: hyphens += 1
    default: break
    }
  }

  /// Returns the byte at a place and how many bytes of the text stand for it.
  private static func decode(_ text: Span<UInt8>, at index: Int) -> (byte: UInt8, width: Int) {
    guard text[index] == Byte.percent else { return (text[index], 1) }
    var next = index + 1
    // `25` is the escape of the percent sign, so what follows it is an escape in an escape.
    while next + 3 < text.count, text[next] == 0x32, text[next + 1] == 0x35, HexDigits.value(text[next + 2]) != nil,
      HexDigits.value(text[next + 3]) != nil
    {
      next += 2
    }
    guard next + 1 < text.count, let high = HexDigits.value(text[next]), let low = HexDigits.value(text[next + 1])
    else { return (Byte.percent, 1) }
    return (high << 4 | low, next + 2 - index)
  }

  /// The number of decoded bytes.
  var count: Int { bytes.count }

  /// Returns a byte, or ``blank`` beyond either end.
  subscript(index: Int) -> UInt8 { index >= 0 && index < bytes.count ? bytes[index] : Self.blank }

  /// Whether a byte is escaped in the text.
  func isEscaped(_ index: Int) -> Bool { places[index + 1] - places[index] > 1 }

  /// Whether a byte belongs to a word: a letter of any script, or a digit.
  func isWord(_ index: Int) -> Bool { Byte.isLetterOrDigit(self[index]) || self[index] >= 0x80 }

  /// Whether a byte is a blank. In a query, `+` is one.
  func isSpace(_ index: Int) -> Bool {
    self[index] == Byte.space || (self[index] == Byte.plus && index > query && !isEscaped(index))
  }

  /// Returns whether a text in lower case is at a place, in either case.
  func matches(_ word: String, at index: Int) -> Bool {
    var index = index
    for byte in word.utf8 {
      guard Byte.lower(self[index]) == byte else { return false }
      index += 1
    }
    return true
  }

  /// Returns the letters and digits of a part in lower case, without any marks between them.
  func word(_ range: Range<Int>) -> String {
    String(decoding: range.lazy.map { self[$0] }.filter(Byte.isLetterOrDigit).map(Byte.lower), as: UTF8.self)
  }

  /// Returns the segment of a path that ends before a slash of its own.
  func segment(endingAt slash: Int) -> Range<Int> {
    var start = slash
    while start > 0, !isSlash(start - 1) { start -= 1 }
    return start..<slash
  }

  /// Whether a byte separates segments.
  func isSlash(_ index: Int) -> Bool { self[index] == Byte.slash && !(isPath && isEscaped(index)) }

  /// Notes that a part is to be replaced.
  mutating func find(_ kind: RedactedKinds, _ range: Range<Int>) {
    findings.append(Finding(range: range, kind: kind))
    for index in range { bytes[index] = Self.blank }
  }

  /// Replaces what was found in the text.
  func rewrite(_ text: inout [UInt8], from start: Int) {
    var rest: [UInt8] = []
    var end = 0
    for finding in findings.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      ByteCopy.append(text.span, start + end..<start + places[finding.range.lowerBound], to: &rest)
      for (kind, word) in RedactedKinds.all where kind == finding.kind { rest.append(contentsOf: word.utf8) }
      end = places[finding.range.upperBound]
    }
    ByteCopy.append(text.span, start + end..<text.count, to: &rest)
    text.removeSubrange(start...)
    text.append(contentsOf: rest)
  }
}

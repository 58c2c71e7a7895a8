import ByteScanning

/// Why a text is no JSON that is taken.
enum JSONFault: Error {
  /// It breaks the grammar, or another value was expected.
  case syntax
  /// Half a pair of surrogates stands alone in an escape.
  case surrogate
  /// Values lie in each other deeper than ``JSONReader/deepest``.
  case depth
}

/// Walks the tokens of JSON in a span, strictly: what the grammar does not allow is a fault, and nothing recurses.
///
/// It is Footfall's own reader because collect requests come by the million in one file: no token costs an allocation, a
/// text without escapes is copied at once, and names that come twice can be told. Source of the rule: RFC 8259.
struct JSONReader {
  /// How deep values may lie in each other.
  static let deepest = 32

  private(set) var position: Int
  let end: Int

  init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { position == end }

  func peek(_ bytes: Span<UInt8>) -> UInt8? {
    position < end ? bytes[position] : nil
  }

  mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) throws(JSONFault) {
    guard peek(bytes) == byte else { throw .syntax }
    position += 1
  }

  mutating func skipBlanks(_ bytes: Span<UInt8>) {
    while let byte = peek(bytes),
      byte == Byte.space || byte == Byte.tab || byte == Byte.newline || byte == Byte.carriageReturn
    {
      position += 1
    }
  }

  /// Passes the brace or bracket that opens, and the one that closes where nothing lies between them.
  ///
  /// - Returns: whether something lies between them.
  mutating func open(_ brace: UInt8, _ closing: UInt8, _ bytes: Span<UInt8>) throws(JSONFault) -> Bool {
    try take(brace, bytes)
    skipBlanks(bytes)
    guard peek(bytes) == closing else { return true }
    position += 1
    return false
  }

  /// Passes the comma before another member, or the brace or bracket that closes.
  ///
  /// - Returns: whether another member follows.
  mutating func isMore(before closing: UInt8, _ bytes: Span<UInt8>) throws(JSONFault) -> Bool {
    skipBlanks(bytes)
    guard let byte = peek(bytes), byte == Byte.comma || byte == closing else { throw .syntax }
    position += 1
    guard byte == Byte.comma else { return false }
    skipBlanks(bytes)
    return true
  }

  /// The text between two quotes, with its escapes, and whether it has any.
  mutating func string(_ bytes: Span<UInt8>) throws(JSONFault) -> (text: Range<Int>, hasEscapes: Bool) {
    try take(Byte.quote, bytes)
    let start = position
    var hasEscapes = false
    while true {
      position = ByteSearch.firstIndexOfJSONMark(in: bytes, from: position, to: end)
      guard position < end, bytes[position] >= 0x20 else { throw .syntax }
      if bytes[position] == Byte.quote { break }
      // The byte after a backslash is looked at when escapes are decoded; it ends no text.
      hasEscapes = true
      position = min(position + 2, end)
    }
    position += 1
    return (start..<position - 1, hasEscapes)
  }

  /// Passes a name and its colon.
  mutating func name(_ bytes: Span<UInt8>) throws(JSONFault) -> (text: Range<Int>, hasEscapes: Bool) {
    let name = try string(bytes)
    skipBlanks(bytes)
    try take(Byte.colon, bytes)
    skipBlanks(bytes)
    return name
  }

  /// A number, `true`, `false` or `null`, as it is written.
  mutating func word(_ bytes: Span<UInt8>) throws(JSONFault) -> Range<Int> {
    let start = position
    while let byte = peek(bytes), byte > Byte.space, byte != Byte.comma, byte != Byte.closeBrace,
      byte != Byte.closeBracket
    {
      position += 1
    }
    let word = start..<position
    guard Self.words.contains(where: { Self.isSame(bytes, word, $0) }) || JSONNumber.isNumber(bytes, word) else {
      throw .syntax
    }
    return word
  }

  /// Passes any value, checking all of it.
  mutating func skipValue(_ bytes: Span<UInt8>) throws(JSONFault) {
    // The closing signs of what is open, the innermost last.
    var open: [UInt8] = []
    repeat {
      let isEmpty: Bool
      switch peek(bytes) {
      case Byte.openBrace: isEmpty = try !begin(Byte.openBrace, Byte.closeBrace, bytes, &open)
      case Byte.openBracket: isEmpty = try !begin(Byte.openBracket, Byte.closeBracket, bytes, &open)
      case Byte.quote:
        try JSONText.check(bytes, try string(bytes))
        isEmpty = true
      default:
        _ = try word(bytes)
        isEmpty = true
      }
      guard isEmpty else { continue }
      while let closing = open.last, try !isMore(before: closing, bytes) { open.removeLast() }
      if open.last == Byte.closeBrace { try JSONText.check(bytes, try name(bytes)) }
    } while !open.isEmpty
  }

  /// Opens an object, up to its first value, or an array; false where it is empty and so passed.
  private mutating func begin(
    _ brace: UInt8, _ closing: UInt8, _ bytes: Span<UInt8>, _ open: inout [UInt8]
  ) throws(JSONFault) -> Bool {
    guard open.count < Self.deepest else { throw .depth }
    guard try self.open(brace, closing, bytes) else { return false }
    open.append(closing)
    if closing == Byte.closeBrace { try JSONText.check(bytes, try name(bytes)) }
    return true
  }

  private static let words = ["true", "false", "null"].map { Array($0.utf8) }

  static func isSame(_ bytes: Span<UInt8>, _ range: Range<Int>, _ text: [UInt8]) -> Bool {
    range.count == text.count && ByteSearch.matches(text, in: bytes, at: range.lowerBound, before: range.upperBound)
  }
}

/// The form of JSON's numbers.
enum JSONNumber {
  /// Whether it is a number: `-0.5e+3`, without leading zeros.
  static func isNumber(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    func isNext(_ byte: UInt8) -> Bool { index < range.upperBound && bytes[index] == byte }
    func digits() -> Int {
      let start = index
      while index < range.upperBound, bytes[index] &- 0x30 <= 9 { index += 1 }
      return index - start
    }
    if isNext(Byte.hyphen) { index += 1 }
    let leadsWithZero = isNext(0x30)
    let whole = digits()
    guard whole > 0, !leadsWithZero || whole == 1 else { return false }
    if isNext(Byte.dot) {
      index += 1
      guard digits() > 0 else { return false }
    }
    if isNext(UInt8(ascii: "e")) || isNext(UInt8(ascii: "E")) {
      index += 1
      if isNext(Byte.plus) || isNext(Byte.hyphen) { index += 1 }
      guard digits() > 0 else { return false }
    }
    return index == range.upperBound
  }

  /// The value of a whole number without exponent, also where it is written `5.0`, which JSON does not tell from `5`; nil
  /// where it is none or has more than 18 digits.
  static func whole(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    guard let first = range.first else { return nil }
    let isNegative = bytes[first] == Byte.hyphen
    var end = range.upperBound
    for index in range where bytes[index] == Byte.dot {
      for fraction in index + 1..<range.upperBound where bytes[fraction] != 0x30 { return nil }
      end = index
    }
    let digits = (isNegative ? first + 1 : first)..<end
    guard (1...18).contains(digits.count) else { return nil }
    var value: Int64 = 0
    for index in digits {
      guard bytes[index] &- 0x30 <= 9 else { return nil }
      value = value * 10 + Int64(bytes[index] - 0x30)
    }
    return isNegative ? -value : value
  }
}

import ByteScanning

/// Why JSON is rejected.
enum JSONFault: Error {
  /// The grammar is violated, or another value was expected.
  case syntax
  /// An escape is a lone surrogate.
  case surrogate
  /// Values are nested deeper than ``JSONReader/deepest``.
  case depth
}

/// Reads JSON tokens from a span, strictly: whatever the grammar does not allow is a fault, and nothing recurses.
///
/// Footfall has its own reader because a file may contain millions of collect requests: no token costs an
/// allocation, a text without escapes is copied at once, and duplicate names are detected. Source of the rule: RFC
/// 8259.
struct JSONReader {
  /// The deepest nesting of values.
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

  /// Skips the opening brace or bracket, and the closing one if there is nothing between them.
  ///
  /// - Returns: whether there is something between them.
  mutating func open(_ brace: UInt8, _ closing: UInt8, _ bytes: Span<UInt8>) throws(JSONFault) -> Bool {
    try take(brace, bytes)
    skipBlanks(bytes)
    guard peek(bytes) == closing else { return true }
    position += 1
    return false
  }

  /// Skips the comma before another member, or the closing brace or bracket.
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

  /// Parses a string. Returns the text between its quotes, escapes included, and whether it has escapes.
  mutating func string(_ bytes: Span<UInt8>) throws(JSONFault) -> (text: Range<Int>, hasEscapes: Bool) {
    try take(Byte.quote, bytes)
    let start = position
    var hasEscapes = false
    while true {
      position = ByteSearch.firstIndexOfJSONMark(in: bytes, from: position, to: end)
      guard position < end, bytes[position] >= 0x20 else { throw .syntax }
      if bytes[position] == Byte.quote { break }
      // The byte after a backslash does not end the text. It is checked when escapes are decoded.
      hasEscapes = true
      position = min(position + 2, end)
    }
    position += 1
    return (start..<position - 1, hasEscapes)
  }

  /// Parses a name and the colon after it.
  mutating func name(_ bytes: Span<UInt8>) throws(JSONFault) -> (text: Range<Int>, hasEscapes: Bool) {
    let name = try string(bytes)
    skipBlanks(bytes)
    try take(Byte.colon, bytes)
    skipBlanks(bytes)
    return name
  }

  /// Parses a number, `true`, `false` or `null`, and returns it as written.
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

  /// Skips any value and checks all of it.
  mutating func skipValue(_ bytes: Span<UInt8>) throws(JSONFault) {
    // The closing characters of what is open, the innermost last.
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

  /// Opens an object, up to its first value, or an array. Returns false if it is empty and therefore skipped.
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

/// The number syntax of JSON.
enum JSONNumber {
  /// Whether a text is a number: `-0.5e+3`, without leading zeros.
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

  /// Returns the value of a whole number without an exponent; nil if it is not one or has more than 18 digits.
  /// `5.0` is accepted, since JSON does not distinguish it from `5`.
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

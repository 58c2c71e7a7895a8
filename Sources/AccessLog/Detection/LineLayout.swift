import ByteScanning
import Hits

/// A line taken apart into values and the texts between them, as a text for `--format` describes it.
struct LineLayout {
  /// How a line is taken apart.
  struct Rule {
    /// What separates the values; nil for blanks.
    var separator: UInt8?
    /// Whether `name=` before a value is part of the text, not of the value.
    var hasNames = false
    /// The number of values; what follows belongs to the last one.
    var mostValues = Int.max
  }

  /// The texts before each value, and the one behind the last.
  private(set) var texts: [[UInt8]] = []
  /// Where the values are, without quotes and brackets.
  private(set) var values: [Range<Int>] = []

  /// The separators of columns that a log may have, the likelier ones first; nil stands for blanks.
  static let separators: [UInt8?] = [Byte.tab, Byte.bar, Byte.semicolon, Byte.comma, nil]

  /// Takes the line in `range` apart.
  init(_ bytes: Span<UInt8>, _ range: Range<Int>, _ rule: Rule) {
    var index = range.lowerBound
    var end = index
    while true {
      index = Self.afterBlanks(bytes, index, range.upperBound, rule)
      guard index < range.upperBound || (rule.separator != nil && values.count < rule.mostValues) else { break }
      if rule.separator == nil, let close = Self.endOfCaptures(bytes, index..<range.upperBound) {
        addCaptures(bytes, index, close, &end)
        index = close + 1
        continue
      }
      let value = Self.value(bytes, index..<range.upperBound, rule, isLast: values.count + 1 == rule.mostValues)
      let text = end..<value.lowerBound
      end = value.upperBound
      if text.count == 1, bytes[text.lowerBound] == rule.separator ?? Byte.space, let last = values.last,
        Self.areOneValue(bytes, last, value, rule)
      {
        values[values.count - 1] = last.lowerBound..<end
      } else {
        texts.append(ByteCopy.bytes(bytes, text))
        values.append(value)
      }
      index = Self.afterClosing(bytes, text, end, range.upperBound)
      guard let separator = rule.separator else {
        if index < range.upperBound, bytes[index] == Byte.colon { index += 1 }
        continue
      }
      index = Self.afterSpaces(bytes, index, range.upperBound)
      guard index < range.upperBound, bytes[index] == separator else { break }
      index += 1
    }
    texts.append(ByteCopy.bytes(bytes, end..<range.upperBound))
  }

  /// Whether a JSON object begins in one of the values. What is in it is escaped, and in no fixed order.
  func hasObject(_ bytes: Span<UInt8>) -> Bool {
    values.contains { value in
      let brace = ByteSearch.firstIndex(of: Byte.openBrace, in: bytes, from: value.lowerBound, to: value.upperBound)
      return brace + 1 < value.upperBound && bytes[brace + 1] == Byte.quote
    }
  }

  // MARK: Values

  /// Returns the index of the brace that closes headers captured by a proxy, `{example.com|Mozilla/5.0 …}`; nil if the
  /// range does not begin with them.
  private static func endOfCaptures(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let start = range.lowerBound
    guard bytes[start] == Byte.openBrace, start + 1 < range.upperBound, bytes[start + 1] != Byte.quote else {
      return nil
    }
    var index = ByteSearch.firstIndex(of: Byte.closeBrace, in: bytes, from: start, to: range.upperBound)
    while index + 1 < range.upperBound, bytes[index + 1] != Byte.space {
      index = ByteSearch.firstIndex(of: Byte.closeBrace, in: bytes, from: index + 1, to: range.upperBound)
    }
    return index < range.upperBound ? index : nil
  }

  /// Adds the headers between two braces, each a value.
  private mutating func addCaptures(_ bytes: Span<UInt8>, _ open: Int, _ close: Int, _ end: inout Int) {
    var start = open
    while start < close {
      let next = ByteSearch.firstIndex(of: Byte.bar, in: bytes, from: start + 1, to: close)
      texts.append(ByteCopy.bytes(bytes, end..<start + 1))
      values.append(start + 1..<next)
      (start, end) = (next, next)
    }
  }

  /// Returns where the value at the start of the range is, without names, quotes and brackets.
  private static func value(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ rule: Rule, isLast: Bool
  ) -> Range<Int> {
    let start = rule.hasNames ? afterName(bytes, range) : range.lowerBound
    if start < range.upperBound, let close = closing[bytes[start]] {
      var index = start + 1
      while index < range.upperBound, close != Byte.closeParenthesis || bytes[index] != Byte.space {
        if bytes[index] == close,
          isLast ? index + 1 == range.upperBound : isEnd(bytes, index + 1, range.upperBound, rule),
          close != Byte.quote || !LineParser.isEscaped(bytes, index, from: start + 1)
        {
          return start + 1..<index
        }
        index += 1
      }
    }
    var end = range.upperBound
    if !isLast {
      end = ByteSearch.firstIndex(of: rule.separator ?? Byte.space, in: bytes, from: start, to: range.upperBound)
    }
    if rule.separator != nil {
      while end > start, bytes[end - 1] == Byte.space { end -= 1 }
    } else if end - start > 2, bytes[end - 1] == Byte.colon, bytes[end - 2] != Byte.colon {
      // A colon ends a time or a tag before a message.
      end -= 1
    }
    return start..<end
  }

  /// Whether a value may end before `index`: with the line, or before a separator.
  private static func isEnd(_ bytes: Span<UInt8>, _ index: Int, _ end: Int, _ rule: Rule) -> Bool {
    guard let separator = rule.separator else { return index == end || bytes[index] == Byte.space }
    let next = afterSpaces(bytes, index, end)
    return next == end || bytes[next] == separator
  }

  private static func afterBlanks(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ rule: Rule) -> Int {
    rule.separator == nil ? EnvelopeText.afterBlanks(bytes, start, end) : afterSpaces(bytes, start, end)
  }

  /// Returns the index after the spaces at `start`; a tab may separate values.
  private static func afterSpaces(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, bytes[index] == Byte.space { index += 1 }
    return index
  }

  /// Returns the index after what closes a value, by the text before it.
  private static func afterClosing(_ bytes: Span<UInt8>, _ text: Range<Int>, _ index: Int, _ end: Int) -> Int {
    guard let last = text.last, let close = closing[bytes[last]], index < end, bytes[index] == close else {
      return index
    }
    return index + 1
  }

  /// Returns the index after `name=`, or after `name:` if a quote or an address follows.
  private static func afterName(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var index = range.lowerBound
    guard bytes[index] | 0x20 >= 0x61, bytes[index] | 0x20 <= 0x7A else { return index }
    while index < range.upperBound, EnvelopeText.isName(bytes, index..<index + 1), bytes[index] != Byte.slash {
      index += 1
    }
    guard index + 1 < range.upperBound else { return range.lowerBound }
    if bytes[index] == Byte.equals { return index + 1 }
    guard bytes[index] == Byte.colon else { return range.lowerBound }
    let end = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: index, to: range.upperBound)
    let isNamed = bytes[index + 1] == Byte.quote || AddressShape.isAddress(bytes, index + 1..<end)
    return isNamed ? index + 1 : range.lowerBound
  }

  private static let closing: [UInt8: UInt8] = [
    Byte.quote: Byte.quote, Byte.openBracket: Byte.closeBracket, Byte.openParenthesis: Byte.closeParenthesis,
  ]

  // MARK: Values with a separator in them

  /// Whether two words are one value: a clock time continues a date, an offset a clock time, an address a list.
  private static func areOneValue(
    _ bytes: Span<UInt8>, _ first: Range<Int>, _ second: Range<Int>, _ rule: Rule
  ) -> Bool {
    if isDate(bytes, first) { return CivilTime.clock(bytes, second.lowerBound, before: second.upperBound) != nil }
    guard rule.separator == nil else { return false }
    if let last = first.last, bytes[last] == Byte.comma {
      return AddressShape.isClient(bytes, first.lowerBound..<last) && AddressShape.isAddressWord(bytes, second)
    }
    guard second.count == 5, first.count >= 19,
      CivilTime.offset(bytes, second.lowerBound, before: second.upperBound)?.end == second.upperBound
    else { return false }
    var times = TimeReader(zone: .utc)
    return times.read(.standard, [], bytes, at: first.lowerBound, before: first.upperBound)?.end == first.upperBound
  }

  private static func isDate(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    return range.count == 10 && CivilTime.number(bytes, start, 4, before: range.upperBound) != nil
      && (bytes[start + 4] == Byte.hyphen || bytes[start + 4] == Byte.slash)
  }
}

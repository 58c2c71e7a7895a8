import ByteScanning

/// Finds where a line begins behind what syslog, Docker or Kubernetes write before it.
///
/// Sources of the rule: RFC 3164, RFC 5424, rsyslog's ISO dates, the CRI log format (`time stdout F line`) and Docker
/// Compose (`name  | line`).
enum LineWrapping {
  /// The index of the line's own first byte; the start of the range where nothing stands before it.
  static func end(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var start = range.lowerBound
    var isVersioned = false
    if let after = afterPriority(bytes, range) {
      start = after
      if start + 1 < range.upperBound, bytes[start] == 0x31, bytes[start + 1] == Byte.space {
        isVersioned = true
        start += 2
      }
    }
    if let after = afterOldTime(bytes, start..<range.upperBound) {
      return afterHostAndTag(bytes, after..<range.upperBound)
    }
    if let after = afterISOTime(bytes, start..<range.upperBound) {
      if isVersioned { return afterStructuredData(bytes, after..<range.upperBound) }
      return afterStream(bytes, after..<range.upperBound) ?? afterHostAndTag(bytes, after..<range.upperBound)
    }
    return afterServiceName(bytes, start..<range.upperBound) ?? start
  }

  /// `<190>`
  private static func afterPriority(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var index = range.lowerBound
    guard index < range.upperBound, bytes[index] == 0x3C else { return nil }
    index += 1
    while index < range.upperBound, bytes[index] &- 0x30 <= 9 { index += 1 }
    return index < range.upperBound && bytes[index] == 0x3E ? index + 1 : nil
  }

  /// `Oct 10 13:55:36 `
  private static func afterOldTime(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let start = range.lowerBound
    guard range.count > 16, bytes[start + 3] == Byte.space, bytes[start + 6] == Byte.space,
      bytes[start + 15] == Byte.space, CivilTime.month(bytes, start, before: range.upperBound) != nil,
      CivilTime.clock(bytes, start + 7, before: range.upperBound) != nil
    else { return nil }
    return start + 16
  }

  /// `2024-10-10T13:55:36.123456+00:00 `
  private static func afterISOTime(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let start = range.lowerBound
    guard range.count > 20, bytes[start + 4] == Byte.hyphen, bytes[start + 7] == Byte.hyphen, bytes[start + 10] == 0x54,
      CivilTime.clock(bytes, start + 11, before: range.upperBound) != nil
    else { return nil }
    return afterWord(bytes, start + 19..<range.upperBound)
  }

  /// The host, if there is one, and the tag, a word that ends with a colon, if there is one.
  private static func afterHostAndTag(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    guard let first = afterWord(bytes, range) else { return range.lowerBound }
    if bytes[first - 2] == Byte.colon { return afterBlanks(bytes, first..<range.upperBound) }
    if let second = afterWord(bytes, first..<range.upperBound), bytes[second - 2] == Byte.colon {
      return afterBlanks(bytes, second..<range.upperBound)
    }
    return afterBlanks(bytes, first..<range.upperBound)
  }

  /// Host, program, process, message id and structured data.
  private static func afterStructuredData(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var index = range.lowerBound
    for _ in 0..<4 {
      guard let next = afterWord(bytes, index..<range.upperBound) else { return range.lowerBound }
      index = next
    }
    guard index < range.upperBound, bytes[index] == Byte.openBracket else {
      return afterWord(bytes, index..<range.upperBound) ?? range.upperBound
    }
    while index < range.upperBound, bytes[index] == Byte.openBracket {
      index = afterElement(bytes, index, range.upperBound)
    }
    return index < range.upperBound && bytes[index] == Byte.space ? index + 1 : range.upperBound
  }

  /// The index after an element of structured data, `[id name="value"]`; a backslash takes the meaning from a bracket.
  private static func afterElement(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, bytes[index] != Byte.closeBracket { index += bytes[index] == Byte.backslash ? 2 : 1 }
    return min(index + 1, end)
  }

  /// `stdout F `
  private static func afterStream(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard ByteSearch.matches(standard, in: bytes, at: range.lowerBound, before: range.upperBound),
      let flag = afterWord(bytes, range), flag == range.lowerBound + 7
    else { return nil }
    return afterWord(bytes, flag..<range.upperBound)
  }

  /// `web-1  | `
  private static func afterServiceName(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard let word = afterWord(bytes, range) else { return nil }
    let bar = afterBlanks(bytes, word..<range.upperBound)
    guard bar + 1 < range.upperBound, bytes[bar] == Byte.bar, bytes[bar + 1] == Byte.space else { return nil }
    return bar + 2
  }

  /// The index after the next blank.
  private static func afterWord(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let blank = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: range.lowerBound, to: range.upperBound)
    return blank > range.lowerBound && blank < range.upperBound ? blank + 1 : nil
  }

  private static func afterBlanks(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var index = range.lowerBound
    while index < range.upperBound, bytes[index] == Byte.space { index += 1 }
    return index
  }

  private static let standard = Array("std".utf8)
}

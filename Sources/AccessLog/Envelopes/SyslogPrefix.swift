import ByteScanning

/// The prefixes that syslog daemons and journals write: priority, time, host and tag.
///
/// Sources of the rule: RFC 3164, section 4.1; RFC 5424, section 6; RFC 6587, section 3.4.1 (octet counting);
/// rsyslog 8.2302's templates RSYSLOG_TraditionalFileFormat, RSYSLOG_FileFormat, RSYSLOG_SyslogProtocol23Format and
/// their forwarding forms; systemd 252's `journalctl -o short`, `short-full`, `short-iso`, `short-precise`,
/// `short-unix`.
enum SyslogPrefix {
  static func content(_ bytes: Span<UInt8>, _ range: Range<Int>, _ times: inout TimeReader) -> Envelope.Content? {
    let end = range.upperBound
    var start = afterOctetCount(bytes, range)
    let afterPriority = self.afterPriority(bytes, start, end)
    start = afterPriority ?? start
    if let content = newForm(bytes, start, end, &times) { return content }
    guard let stamp = stamp(bytes, start, end, &times) else { return nil }
    guard let text = afterHostAndTag(bytes, stamp.end, end) else {
      // A priority identifies syslog, even without a host or a tag.
      return afterPriority == nil ? nil : Envelope.Content(text: stamp.end..<end, time: stamp.time)
    }
    return Envelope.Content(text: text..<end, time: stamp.time)
  }

  /// Skips the octet count that TCP senders write before a message: `83 <40>1 …`.
  private static func afterOctetCount(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var index = range.lowerBound
    while index < range.upperBound, bytes[index] &- 0x30 <= 9 { index += 1 }
    guard index > range.lowerBound, index + 1 < range.upperBound, bytes[index] == Byte.space, bytes[index + 1] == 0x3C
    else { return range.lowerBound }
    return index + 1
  }

  /// Returns the index after a priority, such as `<190>`; nil if there is none.
  private static func afterPriority(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    guard start < end, bytes[start] == 0x3C else { return nil }
    var index = start + 1
    while index < end, bytes[index] &- 0x30 <= 9 { index += 1 }
    return index > start + 1 && index < end && bytes[index] == 0x3E ? index + 1 : nil
  }

  // MARK: RFC 5424

  /// Parses `1 time host app procid msgid SD text`, where each field may be `-`.
  private static func newForm(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ times: inout TimeReader
  ) -> Envelope.Content? {
    guard start + 2 < end, bytes[start] == 0x31, bytes[start + 1] == Byte.space,
      let stamp = EnvelopeText.word(bytes, start + 2, end)
    else { return nil }
    let time = times.read(.standard, [], bytes, at: stamp.lowerBound, before: stamp.upperBound)
    let isNone = ByteSearch.isHyphen(bytes, stamp)
    guard isNone || time?.end == stamp.upperBound else { return nil }
    var index = stamp.upperBound + 1
    for _ in 0..<4 {
      guard let word = EnvelopeText.word(bytes, index, end) else { return nil }
      index = word.upperBound + 1
    }
    guard var text = afterStructuredData(bytes, index, end) else { return nil }
    text = EnvelopeText.afterBlanks(bytes, text, end)
    // RFC 5424 allows UTF-8 messages to begin with a byte order mark.
    if ByteSearch.matches(byteOrderMark, in: bytes, at: text, before: end) { text += byteOrderMark.count }
    return Envelope.Content(text: text..<end, time: isNone ? nil : time?.seconds)
  }

  /// Skips `-`, or elements `[id name="value"]` with nothing between them.
  private static func afterStructuredData(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    guard start < end else { return nil }
    var index = start
    if bytes[index] == Byte.hyphen {
      index += 1
    } else {
      // Heroku omits the structured data.
      guard bytes[index] == Byte.openBracket else { return index }
      while index < end, bytes[index] == Byte.openBracket { index = afterElement(bytes, index, end) }
    }
    return index < end && bytes[index] == Byte.space ? index + 1 : nil
  }

  /// Returns the index after an element. A backslash escapes a bracket.
  private static func afterElement(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, bytes[index] != Byte.closeBracket { index += bytes[index] == Byte.backslash ? 2 : 1 }
    return min(index + 1, end)
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  // MARK: Time, host and tag

  /// Parses the time at `start` and the blank after it.
  private static func stamp(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ times: inout TimeReader
  ) -> (time: Int64?, end: Int)? {
    if let after = afterOldTime(bytes, start, end) { return (nil, after) }
    let date = afterWeekday(bytes, start, end)
    guard let found = StampPrefix.time(bytes, date, end, &times) else { return nil }
    let after = afterZoneName(bytes, found.end, end)
    guard after < end, bytes[after] == Byte.space else { return nil }
    let time = after > found.end ? times.readBracketed(bytes, date, after) : nil
    return (time ?? found.time, after + 1)
  }

  /// Returns the index after `Oct  9 13:55:36 ` or `Oct 10 13:55:36.123456 `, which have no year.
  private static func afterOldTime(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    guard end - start > 16, CivilTime.month(bytes, start, before: end) != nil, bytes[start + 3] == Byte.space,
      bytes[start + 5] &- 0x30 <= 9, bytes[start + 4] == Byte.space || bytes[start + 4] &- 0x30 <= 9,
      bytes[start + 6] == Byte.space, CivilTime.clock(bytes, start + 7, before: end) != nil
    else { return nil }
    let after = TimeReader.afterFraction(bytes, start + 15, end)
    return after < end && bytes[after] == Byte.space ? after + 1 : nil
  }

  /// Skips `Sun `, which `journalctl -o short-full` writes before a date.
  private static func afterWeekday(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard start + 4 < end, bytes[start + 3] == Byte.space, (bytes[start] | 0x20) >= 0x61, bytes[start + 4] &- 0x30 <= 9
    else { return start }
    return start + 4
  }

  /// Skips the zone name after a time, such as ` UTC`. Names other than UTC and GMT are ambiguous.
  private static func afterZoneName(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard start + 4 < end, bytes[start] == Byte.space else { return start }
    var index = start + 1
    while index < end, bytes[index] >= 0x41, bytes[index] <= 0x5A { index += 1 }
    return (3...5).contains(index - start - 1) && index < end && bytes[index] == Byte.space ? index : start
  }

  /// Returns the index of the text after `host tag: `, `tag: `, or `host ` if an extra blank or a brace marks the
  /// start of the text.
  private static func afterHostAndTag(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    guard let first = EnvelopeText.word(bytes, start, end) else { return nil }
    if isTag(bytes, first) { return EnvelopeText.afterBlanks(bytes, first.upperBound, end) }
    let next = first.upperBound + 1
    if let second = EnvelopeText.word(bytes, next, end), isTag(bytes, second) {
      return EnvelopeText.afterBlanks(bytes, second.upperBound, end)
    }
    guard next < end, bytes[next] == Byte.space || bytes[next] == Byte.openBrace else { return nil }
    return EnvelopeText.afterBlanks(bytes, next, end)
  }

  /// Whether a word is a tag: `nginx:`, `nginx[7236]:`, `app[web.1]:`.
  private static func isTag(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Bool {
    guard word.count >= 2, bytes[word.upperBound - 1] == Byte.colon else { return false }
    let name = word.lowerBound..<word.upperBound - 1
    let bracket = ByteSearch.firstIndex(of: Byte.openBracket, in: bytes, from: name.lowerBound, to: name.upperBound)
    guard bracket < name.upperBound else {
      return EnvelopeText.isName(bytes, name) || bytes[name.lowerBound] == Byte.openParenthesis
    }
    return bytes[name.upperBound - 1] == Byte.closeBracket && EnvelopeText.isName(bytes, name.lowerBound..<bracket)
  }
}

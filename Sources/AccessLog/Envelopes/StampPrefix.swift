import ByteScanning

/// Times, levels and names of loggers before a line.
///
/// Sources of the rule: `docker logs -t` (RFC 3339), daemontools' multilog and tai64n, runit's svlogd `-t`, `-tt`,
/// `-ttt`, Go's package log, Python's logging, gunicorn's and hypercorn's `[time] [pid] [level]`, Twisted's
/// `time [logger#level]`, PM2's `log_date_format`.
enum StampPrefix {
  /// Strips a time, anything in brackets after it, and a level.
  static func content(_ bytes: Span<UInt8>, _ range: Range<Int>, _ times: inout TimeReader) -> Envelope.Content? {
    let end = range.upperBound
    let start = range.lowerBound
    guard start < end else { return nil }
    let isBracketed = bytes[start] == Byte.openBracket
    guard let found = time(bytes, start + (isBracketed ? 1 : 0), end, &times) else { return nil }
    var index = found.end
    if isBracketed {
      guard index < end, bytes[index] == Byte.closeBracket else { return nil }
      index += 1
    }
    // PM2 writes a colon after the time.
    if !isBracketed, index < end, bytes[index] == Byte.colon { index += 1 }
    guard index < end, bytes[index] == Byte.space || bytes[index] == Byte.tab else { return nil }
    if !isBracketed, bytes[index] == Byte.tab, let object = afterFluentdTag(bytes, index + 1, end) {
      return Envelope.Content(text: object..<end, time: found.time)
    }
    index = EnvelopeText.afterBlanks(bytes, index, end)
    let afterNames = afterBracketsAndLevel(bytes, index, end)
    // A line may itself start with a bracketed time, as granian's and Envoy's do.
    guard !isBracketed || afterNames > index else { return nil }
    return Envelope.Content(text: afterNames..<end, time: found.time)
  }

  /// Strips a level and a logger, as Python's `logging.basicConfig` writes them: `INFO:werkzeug:line`.
  static func level(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Envelope.Content? {
    let end = range.upperBound
    guard let after = afterLevel(bytes, range.lowerBound, end), after < end, bytes[after] == Byte.colon else {
      return nil
    }
    let colon = ByteSearch.firstIndex(of: Byte.colon, in: bytes, from: after + 1, to: end)
    guard colon < end, EnvelopeText.isName(bytes, after + 1..<colon) else { return nil }
    return Envelope.Content(text: colon + 1..<end)
  }

  // MARK: Times

  /// Returns the time at `start` in Unix seconds, and the index after it.
  static func time(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ times: inout TimeReader
  ) -> (time: Int64, end: Int)? {
    guard end - start >= 19 else { return nil }
    if bytes[start] == Byte.at { return tai(bytes, start, end) }
    guard bytes[start] &- 0x30 <= 9 else { return nil }
    let isDate = bytes[start + 4] == Byte.hyphen || bytes[start + 4] == Byte.slash
    if isDate { return times.readDate(bytes, start, end).map { ($0.seconds, $0.end) } }
    // Seconds since 1970 with a fraction, as `journalctl -o short-unix` writes them.
    guard start + 10 < end, bytes[start + 10] == Byte.dot,
      let reading = times.read(.standard, [], bytes, at: start, before: end), reading.end > start + 11
    else { return nil }
    return (reading.seconds, reading.end)
  }

  /// Parses `@` and 24 hexadecimal digits: seconds since 1970 plus 2⁶², and nanoseconds. Source: D. J. Bernstein,
  /// "TAI64 labels", and daemontools 0.76, whose clock is ten seconds ahead of UTC regardless of leap seconds.
  private static func tai(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (time: Int64, end: Int)? {
    var value: UInt64 = 0
    for index in start + 1..<min(start + 25, end) {
      guard let digit = HexDigits.value(bytes[index]) else { return nil }
      if index < start + 17 { value = value << 4 | UInt64(digit) }
    }
    guard start + 25 <= end, value >= 1 << 62, value < (1 << 62) + (1 << 33) else { return nil }
    return (Int64(value - 1 << 62) - 10, start + 25)
  }

  // MARK: Names

  /// Returns the index after what programs write between a time and a line: bracketed names that contain no time,
  /// and a level.
  private static func afterBracketsAndLevel(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, bytes[index] == Byte.openBracket {
      let close = ByteSearch.firstIndex(of: Byte.closeBracket, in: bytes, from: index, to: end)
      let colon = ByteSearch.firstIndex(of: Byte.colon, in: bytes, from: index, to: end)
      guard close < end, close - index <= 80, colon > close else { break }
      index = EnvelopeText.afterBlanks(bytes, close + 1, end)
    }
    guard let after = afterLevel(bytes, EnvelopeText.afterColours(bytes, index, end), end) else { return index }
    let plain = EnvelopeText.afterColours(bytes, after, end)
    let next = EnvelopeText.afterBlanks(bytes, plain, end)
    return next > plain ? afterCaddyNames(bytes, next, end) : index
  }

  /// Skips the tag that Fluentd writes before the object: `time<TAB>tag<TAB>{…}`. Source: Fluentd 1.0, `out_file`.
  private static func afterFluentdTag(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    let tab = ByteSearch.firstIndex(of: Byte.tab, in: bytes, from: start, to: end)
    guard tab + 1 < end, bytes[tab + 1] == Byte.openBrace, EnvelopeText.isName(bytes, start..<tab) else { return nil }
    return tab + 1
  }

  /// Skips what Caddy's console writes before the object: `time<TAB>INFO<TAB>logger<TAB>message<TAB>{…}`.
  private static func afterCaddyNames(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    let first = ByteSearch.firstIndex(of: Byte.tab, in: bytes, from: start, to: end)
    let second = first < end ? ByteSearch.firstIndex(of: Byte.tab, in: bytes, from: first + 1, to: end) : end
    guard second + 1 < end, bytes[second + 1] == Byte.openBrace else { return start }
    return second + 1
  }

  /// Returns the index after `INFO`, `WARNING` or another level; nil if there is none at `start`.
  private static func afterLevel(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    for level in levels where ByteSearch.matches(level, in: bytes, at: start, before: end) {
      return start + level.count
    }
    return nil
  }

  private static let levels = ["INFO", "DEBUG", "NOTICE", "WARNING", "WARN", "ERROR", "info", "debug", "notice"].map {
    Array($0.utf8)
  }
}

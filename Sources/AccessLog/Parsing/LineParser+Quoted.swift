import ByteScanning

// The quoted fields at the end of a line: referrer, user agent and forwarded addresses.
extension LineParser {
  mutating func takeReferrerAndAgent(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    var reason: MalformedLine?
    line.recordsReferrers = position < end
    line.referrer = takeQuoted(bytes, isLast: false, &reason)
    if let reason { return reason }
    let hasAgent = position < end
    line.userAgent = takeQuoted(bytes, isLast: true, &reason)
    if let reason { return reason }
    line.lacksAgent = hasAgent && line.userAgent.isEmpty
    guard position < end else { return nil }
    if line.userAgent.isEmpty { return isBrowserBehind(bytes) ? .trailing : nil }
    return bytes[position] == Byte.quote && isAgentBehind(bytes, line.userAgent) ? .trailing : nil
  }

  /// Whether one of the quoted fields that follow is the user agent of a browser, so that the line has fields of another
  /// format.
  func isBrowserBehind(_ bytes: Span<UInt8>) -> Bool {
    var quote = position
    while quote < end {
      quote = ByteSearch.firstIndex(of: Byte.quote, in: bytes, from: quote, to: end)
      if quote < end, ByteSearch.matches(Self.browser, in: bytes, at: quote + 1, before: end) { return true }
      quote += 1
    }
    return false
  }

  /// Whether another quoted field follows that is the user agent, so that the supposed agent is the referrer or an
  /// undeclared field.
  func isAgentBehind(_ bytes: Span<UInt8>, _ agent: Range<Int>) -> Bool {
    if ByteSearch.matches(Self.browser, in: bytes, at: position + 1, before: end) {
      return !ValueKind.isAgent(bytes, agent)
    }
    return ValueKind.isURL(bytes, agent) && ValueKind.isAgent(bytes, position + 1..<end)
  }

  static let browser = Array("Mozilla/".utf8)

  /// Parses a last quoted field if it is a list of addresses.
  mutating func takeForwarded(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    guard position + 2 < end, bytes[position] == Byte.quote else { return nil }
    let close = ByteSearch.firstIndex(of: Byte.quote, in: bytes, from: position + 1, to: end)
    let list = position + 1..<close
    guard close < end, ForwardedList.isPlausible(bytes, list) else { return nil }
    line.forwarded = list
    return nil
  }

  /// Parses a quoted field or a bare `-`. Returns an empty range if the line has ended, or sets `reason` if there is no field.
  mutating func takeQuoted(
    _ bytes: Span<UInt8>, isLast: Bool, _ reason: inout MalformedLine?
  ) -> Range<Int> {
    guard position < end else { return 0..<0 }
    if bytes[position] == Byte.hyphen, position + 1 == end || bytes[position + 1] == Byte.space {
      position += 1
      skipBlanks(bytes)
      return 0..<0
    }
    guard bytes[position] == Byte.quote else {
      reason = isLast ? .fieldMissing : .size
      return 0..<0
    }
    let start = position + 1
    var quote = start
    while true {
      quote = ByteSearch.firstIndex(of: Byte.quote, in: bytes, from: quote, to: end)
      guard quote < end else {
        reason = .quote
        return 0..<0
      }
      if Self.isClosing(bytes, quote, end, isLast), !Self.isEscaped(bytes, quote, from: start) { break }
      quote += 1
    }
    let isDash = quote - start == 1 && bytes[start] == Byte.hyphen
    position = quote + 1
    skipBlanks(bytes)
    return isDash ? start..<start : start..<quote
  }

  /// Whether a quote closes its field: the end of the line, or a blank and the next field, follows.
  static func isClosing(_ bytes: Span<UInt8>, _ quote: Int, _ end: Int, _ isLast: Bool) -> Bool {
    if quote + 1 == end { return true }
    guard bytes[quote + 1] == Byte.space else { return false }
    if isLast || quote + 2 == end { return true }
    return bytes[quote + 2] == Byte.quote || bytes[quote + 2] == Byte.hyphen
  }

  /// Whether an odd number of backslashes precedes a quote.
  static func isEscaped(_ bytes: Span<UInt8>, _ quote: Int, from start: Int) -> Bool {
    var count = 0
    while quote - count > start, bytes[quote - count - 1] == Byte.backslash { count += 1 }
    return count & 1 == 1
  }
}

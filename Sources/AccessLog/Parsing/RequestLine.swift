import ByteScanning

/// Splits a logged request: `GET /path HTTP/1.1`, or whatever else a client sent.
enum RequestLine {
  /// Stores method and target. The first word is the method. The last word is the protocol if it looks like
  /// `HTTP/…` or is a version alone, as hypercorn writes it. Everything between them is the target, including
  /// blanks. A request of one word has no target; an empty one, or `-`, has no method.
  static func part(_ bytes: Span<UInt8>, _ range: Range<Int>, into line: inout LogLine) {
    if isGET(bytes, range) { return part(bytes, range, methodEnd: range.lowerBound + 3, into: &line) }
    var range = range
    while range.count > 1, bytes[range.lowerBound] == 0x1B { range = withoutColours(bytes, range) }
    if ByteSearch.isHyphen(bytes, range) { return }
    let blank = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: range.lowerBound, to: range.upperBound)
    part(bytes, range, methodEnd: blank, into: &line)
  }

  @inline(__always)
  private static func part(_ bytes: Span<UInt8>, _ range: Range<Int>, methodEnd blank: Int, into line: inout LogLine) {
    line.method = range.lowerBound..<blank
    guard blank < range.upperBound else { return }
    var end = range.upperBound
    if endsInUsualProtocol(bytes, blank..<end) {
      end -= 9
    } else {
      var last = end
      while last > blank + 1, bytes[last - 1] != Byte.space { last -= 1 }
      if isProtocol(bytes, last..<end) || isVersion(bytes, last..<end) { end = last - 1 }
    }
    line.target = min(blank + 1, end)..<end
  }

  /// Returns a request without the colours that Werkzeug adds according to its status.
  private static func withoutColours(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    let start = EnvelopeText.afterColours(bytes, range.lowerBound, range.upperBound)
    // An escape that starts no colour is skipped as well.
    guard start > range.lowerBound else { return range.lowerBound + 1..<range.upperBound }
    var end = start
    while end < range.upperBound, bytes[end] != 0x1B { end += 1 }
    return start..<end
  }

  /// Whether a word is `1.0`, `1.1`, `2`, `3` or a similar version.
  private static func isVersion(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    guard range.count == 1 || (range.count == 3 && bytes[start + 1] == Byte.dot && bytes[start + 2] &- 0x30 <= 1) else {
      return false
    }
    return (0x31...0x33).contains(bytes[start])
  }

  /// Whether a text before a status is a request and nothing else. A protocol and a quote within it end the
  /// request, so what follows them is an undeclared field.
  static func isOneField(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.count < 10 || endsInUsualProtocol(bytes, range) || !hasEndWithin(bytes, range)
  }

  private static func hasEndWithin(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var quote = range.lowerBound
    while true {
      quote = ByteSearch.firstIndex(of: Byte.quote, in: bytes, from: quote, to: range.upperBound)
      guard quote < range.upperBound else { return false }
      let isEnd = quote + 1 < range.upperBound && bytes[quote + 1] == Byte.space
      if isEnd, quote - 9 > range.lowerBound, endsInUsualProtocol(bytes, range.lowerBound..<quote) { return true }
      quote += 1
    }
  }

  /// Whether a request begins with `GET `, as nearly all do, which saves the search for a blank.
  private static func isGET(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    return range.count > 3 && bytes[start] == UInt8(ascii: "G") && bytes[start + 1] == UInt8(ascii: "E")
      && bytes[start + 2] == UInt8(ascii: "T") && bytes[start + 3] == Byte.space
  }

  /// Whether a request ends in ` HTTP/` and three bytes, as nearly all do, which saves the search for the last blank.
  private static func endsInUsualProtocol(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.upperBound - 8
    guard start > range.lowerBound, bytes[start - 1] == Byte.space, isProtocol(bytes, start..<range.upperBound)
    else { return false }
    return bytes[start + 5] != Byte.space && bytes[start + 6] != Byte.space && bytes[start + 7] != Byte.space
  }

  /// Whether a word starts with `HTTP/`. It compares single bytes, because every line gets here and an array would
  /// cost more than the comparison.
  private static func isProtocol(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    guard range.count >= 5 else { return false }
    return bytes[start] == UInt8(ascii: "H") && bytes[start + 1] == UInt8(ascii: "T")
      && bytes[start + 2] == UInt8(ascii: "T") && bytes[start + 3] == UInt8(ascii: "P")
      && bytes[start + 4] == Byte.slash
  }
}

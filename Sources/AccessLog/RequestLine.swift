import ByteScanning

/// The parts of a logged request: `GET /path HTTP/1.1`, or whatever else a client sent.
enum RequestLine {
  /// Fills in method and target. The method is the first word, the protocol the last one if it looks like `HTTP/…`;
  /// whatever is between is the target, blanks included. A request of one word has no target, `-` and nothing have no
  /// method.
  static func part(_ bytes: Span<UInt8>, _ range: Range<Int>, into line: inout LogLine) {
    let start = range.lowerBound
    if range.count == 1, bytes[start] == Byte.hyphen { return }
    let blank = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: start, to: range.upperBound)
    line.method = start..<blank
    guard blank < range.upperBound else { return }
    var end = range.upperBound
    var last = end
    while last > blank + 1, bytes[last - 1] != Byte.space { last -= 1 }
    if isProtocol(bytes, last..<end) { end = last - 1 }
    line.target = min(blank + 1, end)..<end
  }

  private static func isProtocol(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    ByteSearch.matches(prefix, in: bytes, at: range.lowerBound, before: range.upperBound)
  }

  private static let prefix = Array("HTTP/".utf8)
}

import AccessLog
import ByteScanning
import Collecting
import LogInput

/// Tells access logs from other files by their first bytes.
struct ContentSniffer {
  /// How much is looked at first: enough for most files, and a fraction of the work.
  private static let firstLook = 8 * 1_024
  /// The least share of lines that a format has to fit.
  private static let leastShare = 0.5
  /// How the lines of logs of errors begin: `9` stands for a digit, `a` for a letter.
  private static let errorLines = [
    // nginx: <https://nginx.org/en/docs/ngx_core_module.html#error_log>
    Array("9999/99/99 99:99:99 [a".utf8),
    // Apache: <https://httpd.apache.org/docs/2.4/logs.html#errorlog>
    Array("[aaa aaa 99 99:99:99".utf8),
  ]

  private let reading: LineReading

  init(_ reading: LineReading) {
    self.reading = reading
  }

  /// What the first bytes of a file look like.
  func content(_ bytes: Span<UInt8>) -> LogContent {
    let start = endOfHole(bytes)
    for limit in [Self.firstLook, bytes.count] {
      let range = wholeLines(bytes, start..<min(start + limit, bytes.count))
      let found = share(bytes, range)
      if found ?? 0 >= Self.leastShare { return .accessLog }
      if found == 0 { return isErrorLog(bytes, range) ? .errorLog : .other }
    }
    return .other
  }

  /// The share of the lines that are what is to be read; nil where nothing but blank lines and comments is there.
  private func share(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    if reading.readsRequests { return shareOfRequests(bytes, range) }
    if let asked = reading.asked { return reading.share(of: asked, bytes, range) }
    let finding = reading.detect(bytes, range)
    guard finding.lines > 0 else { return nil }
    // A log whose columns have to be named is one all the same, and is told as such.
    if finding.needsWord { return 1 }
    // JSON with a time is no access log yet.
    guard let best = finding.candidates.first, best.fields >= best.fitting else { return 0 }
    return finding.rate
  }

  private func shareOfRequests(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    var body = CollectBody()
    var request = CollectRequest()
    var scanner = LineScanner(range)
    var (lines, good) = (0, 0)
    while let line = scanner.next(in: bytes) {
      guard !line.isEmpty else { continue }
      lines += 1
      if body.read(bytes, line, now: reading.now, into: &request).isEmpty { good += 1 }
    }
    return lines == 0 ? nil : Double(good) / Double(lines)
  }

  /// The part of a range that ends with a line; all of it where no line ends, or where it is the end of the file.
  private func wholeLines(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    if range.upperBound == bytes.count, bytes.count < LogFinder.firstBytes { return range }
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1] != Byte.newline { end -= 1 }
    return end > range.lowerBound ? range.lowerBound..<end : range
  }

  /// Where the NULs end that come first.
  private func endOfHole(_ bytes: Span<UInt8>) -> Int {
    var index = 0
    while index < bytes.count, bytes[index] == 0 { index += 1 }
    return index
  }

  /// Whether the first line begins as those of a log of errors.
  private func isErrorLog(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var scanner = LineScanner(range)
    guard let first = scanner.next(in: bytes) else { return false }
    return Self.errorLines.contains { begins(bytes, first, like: $0) }
  }

  private func begins(_ bytes: Span<UInt8>, _ line: Range<Int>, like pattern: [UInt8]) -> Bool {
    guard line.count >= pattern.count else { return false }
    for (offset, sign) in pattern.enumerated() {
      let byte = bytes[line.lowerBound + offset]
      let fits =
        switch sign {
        case UInt8(ascii: "9"): (0x30...0x39).contains(byte)
        case UInt8(ascii: "a"): (0x61...0x7A).contains(byte | 0x20)
        default: byte == sign
        }
      guard fits else { return false }
    }
    return true
  }
}

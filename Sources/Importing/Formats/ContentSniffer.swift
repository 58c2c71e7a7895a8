import AccessLog
import ByteScanning
import Collecting
import LogInput

/// Distinguishes access logs from other files by their first bytes.
struct ContentSniffer {
  /// The number of bytes examined first: enough for most files, and a fraction of the work.
  private static let firstLook = 8 * 1_024
  /// The smallest share of lines that a format has to fit.
  private static let leastShare = 0.5
  /// How the lines of error logs begin: `9` means any digit, `a` any letter.
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

  /// Returns what the first bytes of a file look like.
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

  /// Returns the share of lines that can be read; nil if there are only blank lines and comments.
  private func share(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    if reading.readsRequests { return shareOfRequests(bytes, range) }
    if let asked = reading.asked { return reading.share(of: asked, bytes, range) }
    let finding = reading.detect(bytes, range)
    guard finding.lines > 0 else { return nil }
    // A log whose fields the operator has to name is an access log all the same, and is reported as one.
    if finding.needsWord { return 1 }
    // JSON that has nothing but a time is not an access log.
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

  /// Returns the range up to its last line end; all of it if it contains no line end or ends with the file.
  private func wholeLines(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    if range.upperBound == bytes.count, bytes.count < LogFinder.firstBytes { return range }
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1] != Byte.newline { end -= 1 }
    return end > range.lowerBound ? range.lowerBound..<end : range
  }

  /// Returns the index after a hole of NULs that the bytes begin with, or that half a line ends in.
  private func endOfHole(_ bytes: Span<UInt8>) -> Int {
    let hole = ByteSearch.firstIndex(of: 0, in: bytes, from: 0, to: bytes.count)
    guard hole < bytes.count, ByteSearch.firstIndex(of: Byte.newline, in: bytes, from: 0, to: hole) == hole else {
      return 0
    }
    var index = hole
    while index < bytes.count, bytes[index] == 0 { index += 1 }
    return index
  }

  /// Returns whether the first line begins like one of an error log.
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

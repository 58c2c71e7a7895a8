import AccessLog
import Testing

/// Compares the fast parser with the slow one, on random lines surrounded by other bytes.
@Suite struct LineParserOracleTests {
  static let linesOfEachFormat = 10_000

  @Test(
    arguments: [
      "combined", "combined_forwarded", "vhost_combined", "vhost_combined_forwarded", "common", "vhost_common",
      "lighttpd", "squid_common", "names+combined", "names+vhost_common",
    ])
  func fastParserFindsWhatTheSlowOneFinds(_ name: String) throws {
    let format = try FormatText.named(name)
    let endings = name.hasPrefix("squid") ? RandomLines.cacheResults : []
    var lines = RandomLines(seed: UInt64(name.utf8.count), endings: endings)
    // One parser for all lines, because it remembers the time of the previous line.
    var parser = LineParser(format)
    var wellFormed = 0
    for _ in 0..<Self.linesOfEachFormat {
      let (before, line, after) = lines.next()
      let fast = Self.fields(&parser, before + line + after, before.count..<before.count + line.count)
      let slow = SlowLineParser.parse(line, format)
      guard fast == slow else {
        Issue.record("\(String(reflecting: String(decoding: line, as: UTF8.self))): fast \(fast), slow \(slow)")
        return
      }
      if case .success = fast { wellFormed += 1 }
    }
    #expect(wellFormed > Self.linesOfEachFormat / 50)
    #expect(wellFormed < Self.linesOfEachFormat * 19 / 20)
  }

  private static func fields(
    _ parser: inout LineParser, _ bytes: [UInt8], _ range: Range<Int>
  ) -> Result<LineFields, SlowLineParser.Malformed> {
    var line = LogLine()
    if let reason = parser.parse(bytes.span, range, into: &line) { return .failure(.init(reason: reason)) }
    return .success(LineFields(line, bytes))
  }
}

extension FormatText {
  /// Returns the format of a text. The prefix `names+` marks a log whose clients are names.
  static func named(_ text: String) throws(FormatError) -> LogFormat {
    let prefix = "names+"
    return text.hasPrefix(prefix)
      ? try format(String(text.dropFirst(prefix.count))).acceptingNames : try format(text)
  }
}

import AccessLog
import Testing

@Suite struct FormatDetectorTests {
  private static let time = "[10/Oct/2024:13:55:36 +0000]"
  private static let common = "192.0.2.1 - - \(time) \"GET / HTTP/1.1\" 200 5\n"
  private static let combined = "192.0.2.1 - - \(time) \"GET / HTTP/1.1\" 200 5 \"https://example.org/\" \"agent\"\n"

  private func detect(_ text: String) -> FormatDetector.Finding {
    let bytes = Array(text.utf8)
    return FormatDetector().detect(bytes.span, 0..<bytes.count)
  }

  @Test(
    arguments: [
      (common, LogFormat.combined, 1),
      (combined, .combined, 1),
      ("example.com:80 " + common, .vhostCombined, 1),
      ("example.com:80 " + combined, .vhostCombined, 1),
      (combined + "garbage\n" + "# comment\n\n", .combined, 0.5),
      ("192.0.2.1, 10.0.0.1 - - \(time) \"GET / HTTP/1.1\" 200 5 \"-\" \"a\"\n", .combined, 1),
      ("192.0.2.1 - John Doe \(time) \"GET / HTTP/1.1\" 200 5 \"-\" \"a\"\n", .combined, 1),
    ] as [(String, LogFormat, Double)])
  func findsTheFormat(_ text: String, _ format: LogFormat, _ rate: Double) {
    let finding = detect(text)
    #expect(finding.format == format)
    #expect(finding.rate == rate)
  }

  @Test(arguments: ["", "\n\n", "hello\nworld\n", "{\"a\":1}\n"])
  func findsNoneWhereNoneFits(_ text: String) {
    #expect(detect(text).format == nil)
  }

  @Test func looksAtAThousandLinesOnly() {
    let text = String(repeating: Self.combined, count: 1_000) + String(repeating: "garbage\n", count: 5_000)
    #expect(detect(text).rate == 1)
  }
}

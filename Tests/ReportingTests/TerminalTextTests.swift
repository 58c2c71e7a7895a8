import Foundation
import Reporting
import Testing

@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("plain", 5), ("", 0), ("café", 4), ("cafe\u{301}", 4), ("日本語", 6), ("한국", 4), ("ｆｕｌｌ", 8), ("👍", 2), ("🇩🇪", 2),
    ("👩‍👩‍👧", 2), ("❤️", 2), ("a\u{200D}b", 2), ("…", 1), ("—", 1), ("ا ب", 3), ("ʹ", 1),
  ])
  func takesColumns(_ text: String, _ columns: Int) {
    #expect(TerminalText.width(text) == columns)
  }

  @Test(arguments: [
    ("abc", 5, "abc  "), ("abcde", 5, "abcde"), ("/blog/a-very-long-title", 12, "/blog/a-…tle"),
    ("日本語日本語", 7, "日本…語"), ("日本語日本語", 8, "日本…語 "), ("abc", 1, "…"),
  ])
  func isFitted(_ text: String, _ columns: Int, _ expected: String) {
    #expect(TerminalText.fitted(text, columns: columns) == expected)
    #expect(TerminalText.width(TerminalText.fitted(text, columns: columns)) == columns)
  }

  @Test(arguments: [
    ("plain ü 日", "plain ü 日"), ("\u{1B}[31mred", "\u{FFFD}[31mred"), ("a\u{202E}b", "a\u{FFFD}b"),
    ("a\u{2066}b\u{2069}", "a\u{FFFD}b\u{FFFD}"), ("a\u{9B}2Jb", "a\u{FFFD}2Jb"), ("a\nb\r", "a\u{FFFD}b\u{FFFD}"),
    ("a\u{E000}b", "a\u{FFFD}b"), ("a\u{2028}b", "a\u{FFFD}b"), ("می\u{200C}خواهم", "می\u{200C}خواهم"),
    ("a\tb\u{7F}", "a\u{FFFD}b\u{FFFD}"),
    ("e" + String(repeating: "\u{301}", count: 8), "e" + String(repeating: "\u{301}", count: 8)),
    (
      "e" + String(repeating: "\u{301}", count: 10) + "e\u{301}",
      "e" + String(repeating: "\u{301}", count: 8) + "\u{FFFD}\u{FFFD}e\u{301}"
    ),
  ])
  func cannotHarmTheTerminal(_ text: String, _ expected: String) {
    // As scalars, because a decomposed text equals its composed form as a string.
    #expect(Array(TerminalText.printable(text).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: [
    ("a\tb\nc\r\n", "a\tb\nc\u{FFFD}\n"), ("\u{1B}[2J\n", "\u{FFFD}[2J\n"), ("ü\n\u{85}", "ü\n\u{FFFD}"),
  ])
  func linesStayLines(_ text: String, _ expected: String) {
    #expect(Array(TerminalText.lines(text).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: [
    ("ü日🙂", "[\n  \"ü日🙂\"\n]\n"), ("\u{9B}2J\u{202E}", "[\n  \"\\u009b2J\\u202e\"\n]\n"),
    ("\u{10FFFF}\u{7F}", "[\n  \"\\udbff\\udfff\\u007f\"\n]\n"),
  ])
  func jsonHidesNothing(_ text: String, _ expected: String) throws {
    let json = try JSONText.of([text])
    #expect(Array(json.unicodeScalars) == Array(expected.unicodeScalars))
    #expect(try JSONDecoder().decode([String].self, from: Data(json.utf8)) == [text])
  }

  @Test(arguments: [
    ("/caf%C3%A9", "/café"), ("/%E6%97%A5%E6%9C%AC/", "/日本/"), ("/a%2Fb", "/a%2Fb"), ("/%22x%22", "/%22x%22"),
    ("/%FF%FE", "/%FF%FE"), ("/%C3", "/%C3"), ("/%E2%80%AE", "/%E2%80%AE"), ("/100%25", "/100%25"), ("/%", "/%"),
    ("/%C3%A9%20%C3%A9", "/é%20é"),
  ])
  func readsPaths(_ path: String, _ expected: String) {
    #expect(TerminalText.readable(path: path) == expected)
  }
}

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1,000"), (-12_345, "-12,345"), (1_234_567_890, "1,234,567,890"),
  ])
  func groupsThousands(_ number: Int, _ expected: String) {
    #expect(NumberText.grouped(number) == expected)
  }

  @Test(arguments: [
    (0.0, 2, "0.00"), (2.345, 1, "2.3"), (0.05, 2, "0.05"), (1_234.5, 1, "1,234.5"), (-0.5, 1, "-0.5"),
    (9.96, 1, "10.0"),
    (7.5, 0, "8"),
  ])
  func roundsToDecimals(_ number: Double, _ decimals: Int, _ expected: String) {
    #expect(NumberText.fixed(number, decimals: decimals) == expected)
  }

  @Test(arguments: [
    (0.0, "0:00"), (5.4, "0:05"), (59.6, "1:00"), (125, "2:05"), (3_725, "1:02:05"), (86_400, "24:00:00"),
  ])
  func tellsDurations(_ seconds: Double, _ expected: String) {
    #expect(NumberText.duration(seconds) == expected)
  }

  @Test(arguments: [(0.0, "0.0 %"), (0.4567, "45.7 %"), (1, "100.0 %")])
  func tellsShares(_ share: Double, _ expected: String) {
    #expect(NumberText.percent(share) == expected)
  }
}

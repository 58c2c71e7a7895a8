import Crypto
import Foundation
import Hits
import Testing

@testable import Reporting

@Suite struct HTMLTests {
  @Test(arguments: [
    ("plain ü 日", "plain ü 日"), ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("a & b", "a &amp; b"), ("&lt;", "&amp;lt;"), ("\"'", "&quot;&#39;"), ("a\u{202E}b", "a\u{FFFD}b"),
    ("a\u{0}b\u{7F}", "a\u{FFFD}b\u{FFFD}"), ("<\u{301}b>", "&lt;\u{301}b&gt;"), ("", ""),
  ])
  func textIsText(_ text: String, _ expected: String) {
    #expect(HTML(text: text).source == expected)
    #expect(HTML.element("p") { text }.source == "<p>\(expected)</p>")
    #expect(HTML.void("link", [HTMLAttribute("href", text)]).source == "<link href=\"\(expected)\">")
  }

  @Test func piecesAreWrittenInOrder() {
    let numbers = [3, 4]
    let html = HTML.element("ul", [.class("a"), HTMLAttribute("hidden")]) {
      HTML.element("li") { "1" }
      if numbers.isEmpty { "never" } else { HTML.element("li") { "2" } }
      for number in numbers { HTML.element("li") { "\(number)" } }
    }
    #expect(html.source == "<ul class=\"a\" hidden><li>1</li><li>2</li><li>3</li><li>4</li></ul>")
  }

  /// The policy allows exactly the style and the script of the pages, and neither can end its element early.
  @Test(arguments: [PageAsset.style, .script]) func assetsAreKnownByTheirHash(_ asset: PageAsset) throws {
    let page = Page.document(title: "t") { "body" }.source
    let start = try #require(page.range(of: "<\(asset.element)>"))
    let end = try #require(page.range(of: "</\(asset.element)>"))
    let held = String(page[start.upperBound..<end.lowerBound])
    let hash = Data(SHA256.hash(data: Data(held.utf8))).base64EncodedString()
    #expect(page.contains("\(asset.element)-src &#39;sha256-\(hash)&#39;"))
    #expect(held.utf8.count > 1_000)
    #expect(page.contains("default-src &#39;none&#39;;"))
  }

  @Test(arguments: [
    (0.0, "0"), (1, "1"), (12.345, "12.35"), (0.05, "0.05"), (99.999, "100"), (-0.25, "-0.25"), (7.1, "7.1"),
  ])
  func numbersOfDrawingsAreShort(_ number: Double, _ expected: String) {
    #expect(SVGNumber.text(number) == expected)
  }

  private static let scales: [(Int64, [Int64])] = [
    (0, [0, 1]), (1, [0, 1]), (7, [0, 2, 4, 6, 8]), (10, [0, 5, 10]), (42, [0, 20, 40, 60]),
    (1_000_000, [0, 500_000, 1_000_000]), (1_001, [0, 500, 1_000, 1_500]),
  ]

  @Test(arguments: scales)
  func scalesHaveRoundMarks(_ most: Int64, _ marks: [Int64]) {
    #expect(ChartScale(upTo: most).marks == marks)
    #expect(ChartScale(upTo: most).share(most) <= 1)
  }

  @Test(arguments: [
    ("2026-11-09", "9 Nov", "Mon 9 Nov 2026"), ("2026-11", "Nov 2026", "Nov 2026"),
    ("2026-11-09 07:00", "07:00", "Mon 9 Nov 2026 07:00"), ("1969-12-28", "28 Dec", "Sun 28 Dec 1969"),
  ])
  func namesSteps(_ label: String, _ short: String, _ long: String) {
    #expect(StepName.short(label) == short)
    #expect(StepName.long(label) == long)
  }

  @Test(arguments: [
    ("2026-11-09", "2026-11-15", "9–15 Nov 2026"), ("2026-11-28", "2026-12-04", "28 Nov – 4 Dec 2026"),
    ("2025-12-28", "2026-01-03", "28 Dec 2025 – 3 Jan 2026"), ("2026-11-09", "2026-11-09", "Mon 9 Nov 2026"),
  ])
  func namesPeriods(_ since: String, _ until: String, _ expected: String) throws {
    let days = try #require(DayName.day(named: since))...(try #require(DayName.day(named: until)))
    #expect(PeriodText.days(days) == expected)
  }

  @Test func longValuesAreCutInTheirMiddle() {
    let path = "/" + String(repeating: "a", count: 2_000) + "/end"
    #expect(PageText.shortened(path).unicodeScalars.count == PageText.longest)
    #expect(PageText.shortened(path).hasSuffix("/end"))
    let marked = "a" + String(repeating: "\u{301}", count: 2_000)
    #expect(PageText.shortened(marked).unicodeScalars.count == PageText.longest)
    #expect(PageText.shortened("/short") == "/short")
  }
}

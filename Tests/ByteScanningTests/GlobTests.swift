import TestSupport
import Testing

import ByteScanning

@Suite struct GlobTests {
  @Test(arguments: [
    ("", "", true), ("", "a", false), ("*", "", true), ("*", "abc", true), ("a", "a", true), ("a", "A", false),
    ("/admin/*", "/admin/", true), ("/admin/*", "/admin", false), ("/admin*", "/administration/x", true),
    ("*.pdf", "/a/b.pdf", true), ("*.pdf", "/a/b.pdf.html", false), ("/?", "/a", true), ("/?", "/", false),
    ("/a*b*c", "/a-b-b-c", true), ("/a*b*c", "/a-c-b", false), ("**a**", "bab", true), ("5??", "503", true),
    ("\\*", "*", true), ("\\*", "a", false), ("/a\\/", "/a/", true), ("[a]", "[a]", true),
  ])
  func fitsAsAWhole(_ pattern: String, _ text: String, _ fits: Bool) {
    #expect(Glob(pattern, ignoresCase: false).matches(text) == fits)
  }

  @Test func lettersMayBeOfAnyCase() {
    let glob = Glob("*Bot/?.0", ignoresCase: true)
    #expect(glob.matches("GOOGLEBOT/2.0"))
    #expect(!glob.matches("googlebot/2x0"))
  }

  /// Agrees with a slow matcher that tries everything.
  @Test(arguments: 1...4) func equalsTheSlowMatcher(_ seed: UInt64) {
    var chance = SeededGenerator(seed: seed)
    for _ in 0..<3_000 {
      let pattern = (0..<Int.random(in: 0...7, using: &chance)).map { _ in "ab*?".randomElement(using: &chance) ?? "a" }
      let text = (0..<Int.random(in: 0...9, using: &chance)).map { _ in "ab".randomElement(using: &chance) ?? "a" }
      #expect(
        Glob(String(pattern), ignoresCase: false).matches(String(text)) == Self.fits(pattern[...], text[...]),
        "\(String(pattern)) \(String(text))")
    }
  }

  private static func fits(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" {
      return (text.startIndex...text.endIndex).contains { fits(pattern.dropFirst(), text[$0...]) }
    }
    guard let byte = text.first, first == "?" || first == byte else { return false }
    return fits(pattern.dropFirst(), text.dropFirst())
  }

  /// A pattern of many stars and a long text: the time is bounded by the product of their lengths.
  @Test func manyStarsEnd() {
    let glob = Glob(String(repeating: "*a", count: 40) + "b", ignoresCase: false)
    #expect(!glob.matches(String(repeating: "a", count: 20_000)))
  }
}

import Testing

@testable import UserAgents

@Suite struct LiteralExtractorTests {
  private static func clauses(_ pattern: String) -> [[String]] {
    LiteralExtractor.clauses(of: pattern).map { clause in clause.map { String(decoding: $0, as: UTF8.self) }.sorted() }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }

  @Test(
    arguments: [
      ("Chrome/", [["chrome/"]]), ("^Opera", [["opera"]]), ("a", []), ("", []), ("bot|crawl", [["bot", "crawl"]]),
      ("bot|x", []), ("(?:foo|bar)baz", [["barbaz", "foobaz"]]), ("foo.*bar", [["bar"], ["foo"]]),
      ("fo+bar", [["bar"]]), ("foo(?:bar)?", [["foo"]]), ("foo(bar)*", [["foo"]]), ("foo{0,3}bar", [["bar"], ["fo"]]),
      ("foo\\.bar", [["foo.bar"]]), ("[fF]oo", [["foo"]]), ("[^f]oo", [["oo"]]), ("[a-z]oo", [["oo"]]),
      ("\\d+foo\\b", [["foo"]]), ("foo(?!bar)", [["foo"]]), ("(?<!x)foo", [["foo"]]),
      ("(foo|bar.*baz)", [["bar", "foo"]]),
    ] as [(String, [[String]])])
  func whatMustOccur(_ pattern: String, _ expected: [[String]]) {
    #expect(Self.clauses(pattern) == expected)
  }

  /// An expression that the reader does not understand requires nothing, so its rule is always run.
  @Test(arguments: [
    "\\Qfoo\\E", "foo(?#bar)", "(?i)foo", "(?P<name>foo)", "(?<name>foo)", "(?>foo)", "\\x41foo", "\\p{L}foo",
    "[[:alpha:]]foo",
    "foo{,3}|bar{2", "foo)", "(foo", "*foo", "(foo)\\1", "\\kfoo",
  ])
  func unknownSyntaxIsNeverFilteredOut(_ pattern: String) {
    #expect(Self.clauses(pattern) == [])
  }
}

import Testing

@testable import UserAgents

/// robots.txt is read as RFC 9309 says. The examples are its own, and those of Google's "How Google interprets the
/// robots.txt specification".
@Suite struct RobotsFileTests {
  /// Returns the line that disallows a path to a robot.
  private static func line(_ file: String, _ robot: String, _ path: String) -> Int? {
    RobotsFile(Array(file.utf8)).group(of: robot).prohibition(of: path)
  }

  /// Returns whether a pattern that disallows matches a path.
  private static func disallows(_ pattern: String, _ path: String) -> Bool {
    line("User-agent: *\nDisallow: \(pattern)\n", "foobot", path) != nil
  }

  /// RFC 9309, section 5.1.
  private static let simple = """
    User-Agent: *
    Disallow: *.gif$
    Disallow: /example/
    Allow: /publications/

    User-Agent: foobot
    Disallow:/
    Allow:/example/page.html
    Allow:/example/allowed.gif

    User-Agent: barbot
    User-Agent: bazbot
    Disallow: /example/page.html

    User-Agent: quxbot

    """

  @Test(
    arguments: [
      ("other", "/a.gif", 2), ("other", "/a.gif/b", nil), ("other", "/example/x", 3), ("other", "/example/a.gif", 3),
      ("other", "/publications/a.gif", nil), ("other", "/page", nil), ("other", "/robots.txt", nil),
      ("foobot", "/", 7), ("FooBot", "/a.gif", 7), ("foobot", "/example/page.html", nil),
      ("foobot", "/example/allowed.gif", nil), ("foobot", "/robots.txt", nil), ("foobot", "/robots.txt.old", 7),
      ("barbot", "/example/page.html", 13), ("bazbot", "/example/page.html", 13), ("bazbot", "/a.gif", nil),
      ("quxbot", "/example/page.html", nil), ("quxbot", "/a.gif", nil),
    ] as [(String, String, Int?)])
  func simpleExample(_ robot: String, _ path: String, _ line: Int?) {
    #expect(Self.line(Self.simple, robot, path) == line)
  }

  /// RFC 9309, section 2.2.1: groups with the same name are one.
  @Test(
    arguments: [
      ("ExampleBot", "/foo", 2), ("ExampleBot", "/bar", 3), ("ExampleBot", "/baz", 6), ("BazBot", "/baz", 13),
      ("BazBot", "/foo", nil), ("other", "/bar", 10), ("other", "/baz", nil),
    ] as [(String, String, Int?)])
  func groupsOfOneNameAreMerged(_ robot: String, _ path: String, _ line: Int?) {
    let file = """
      user-agent: ExampleBot
      disallow: /foo
      disallow: /bar

      user-agent: ExampleBot
      disallow: /baz

      user-agent: *
      disallow: /foo
      disallow: /bar

      user-agent: BazBot
      disallow: /baz
      """
    #expect(Self.line(file, robot, path) == line)
  }

  /// RFC 9309, sections 5.2 and 2.2.2; Google, "Order of precedence for rules".
  @Test(
    arguments: [
      ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", true),
      ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/x", false),
      ("Allow: /p\nDisallow: /", "/page", false), ("Allow: /folder\nDisallow: /folder", "/folder/page", false),
      ("Disallow: /folder\nAllow: /folder", "/folder/page", false),
      ("Allow: /page\nDisallow: /*.htm", "/page.htm", true),
      ("Allow: /$\nDisallow: /", "/", false), ("Allow: /$\nDisallow: /", "/page.htm", true),
      ("Disallow: /x\nAllow: /x/", "/x", true), ("Disallow: /x\nAllow: /x/", "/x/", false),
      ("Disallow:\nAllow:", "/x", false), ("Disallow: /\nDisallow:", "/x", true),
    ])
  func theLongestRuleDecides(_ rules: String, _ path: String, _ isDisallowed: Bool) {
    #expect((Self.line("User-agent: foobot\n" + rules, "foobot", path) != nil) == isDisallowed)
  }

  /// Google, "URL matching based on path values"; RFC 9309, section 2.2.3.
  @Test(
    arguments: [
      (
        "/fish", ["/fish", "/fish.html", "/fish/salmon.html", "/fishheads"], ["/Fish.asp", "/catfish", "/desert/fish"]
      ),
      ("/fish*", ["/fish", "/fish.html", "/fishheads/yummy.html"], ["/Fish.asp", "/catfish"]),
      ("/fish/", ["/fish/", "/fish/salmon.htm"], ["/fish", "/fish.html", "/animals/fish/"]),
      ("/*.php", ["/index.php", "/filename.php", "/folder/any.php.file.html", "/a.php/"], ["/", "/windows.PHP"]),
      ("/*.php$", ["/filename.php", "/folder/filename.php"], ["/filename.php/", "/filename.php5", "/windows.PHP"]),
      ("/fish*.php", ["/fish.php", "/fishheads/catfish.php"], ["/Fish.PHP", "/fish.asp"]),
      ("/this/*/exactly", ["/this/path/exactly", "/this/a/b/exactly/x"], ["/this/exactly"]),
      ("/a*b*c$", ["/abc", "/axbxbc", "/abcc"], ["/abcd", "/acb", "/ab"]), ("/ab*b$", ["/abb", "/abxb"], ["/ab"]),
      ("*$", ["/", "/x"], []), ("/x$", ["/x"], ["/x/", "/xy"]), ("x", [], ["/x", "x"]),
      ("/a$b", ["/a$bc"], ["/a", "/ab"]),
    ] as [(String, [String], [String])])
  func patternsMatch(_ pattern: String, _ matching: [String], _ others: [String]) {
    // A path without a slash at its start is none.
    for path in matching { #expect(Self.disallows(pattern, path), "\(pattern) \(path)") }
    for path in others where path.hasPrefix("/") { #expect(!Self.disallows(pattern, path), "\(pattern) \(path)") }
  }

  /// RFC 9309, sections 2.2.2 (table of encodings) and 2.2.3.
  @Test(
    arguments: [
      ("/foo/bar/\u{30C4}", "/foo/bar/%E3%83%84", true), ("/foo/bar/%E3%83%84", "/foo/bar/%E3%83%84", true),
      ("/foo/bar/%e3%83%84", "/foo/bar/%E3%83%84", true), ("/foo/bar/%62%61%7A", "/foo/bar/baz", true),
      ("/foo/bar/baz", "/foo/bar/%62%61%7A", true), ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html", true),
      ("/path/file-with-a-%2A.html", "/path/file-with-a-b.html", false), ("/path/foo-%24", "/path/foo-$", true),
      ("/a=b", "/a%3Db", true), ("/a%2Fb", "/a/b", false), ("/a%2Fb", "/a%2fb", true), ("/100%", "/100%25", true),
    ])
  func pathsAreComparedEncoded(_ pattern: String, _ path: String, _ isMatch: Bool) {
    #expect(Self.disallows(pattern, path) == isMatch)
  }

  /// RFC 9309, sections 2.1, 2.2 and 2.2.4.
  @Test(
    arguments: [
      ("User-agent: foobot\nDisallow: /\n", 2), ("User-agent: foobot\r\nDisallow: /\r\n", 2),
      ("User-agent: foobot\rDisallow: /\r", 2), ("User-agent: foobot\n\r\nDisallow: /", 3),
      ("\u{FEFF}User-agent: foobot\nDisallow: /", 2), (" USER-AGENT :\tFooBot # us\n\tdisallow : / # all", 2),
      ("User-agent: foobot\nDisallow /\n", nil), ("User-agent: foobot\n# Disallow: /\n", nil),
      ("Disallow: /\n", nil), ("Disallow: /\nUser-agent: foobot\nAllow: /a\n", nil), ("", nil), ("\n\n", nil),
      ("User-agent: foobot/2.1\nDisallow: /", 2), ("User-agent: foobot bar\nDisallow: /", 2),
      ("User-agent: * # all\nDisallow: /", 2), ("User-agent: * foo\nDisallow: /", 2),
      ("User-agent: *\nDisallow: /\nUser-agent: foobot\nCrawl-delay: 9\n", nil),
      ("User-agent: foobot\nCrawl-delay: 9\nSitemap: https://example.com/s.xml\nUser-agent: x\nDisallow: /\n", 5),
      ("User-agent: foobot\nDisallow: /a\nSitemap: /s\n\nDisallow: /\nUser-agent: x\nAllow: /\n", 5),
      ("User-agent:\nDisallow: /\n", nil), ("User-agent: foobot\nUser-agent: foobot\nDisallow: /\n", 3),
    ] as [(String, Int?)])
  func linesAreRead(_ file: String, _ line: Int?) {
    #expect(Self.line(file, "foobot", "/page") == line)
  }

  /// The longest name that is the robot's or consists of its first words.
  @Test(
    arguments: [
      ("Googlebot", 6), ("googlebot", 6), ("Googlebot-Image", 8), ("Googlebot-News", 6), ("Google-CloudVertexBot", 2),
      ("YandexBot", 4), ("YandexImages", 4), ("Yandexbot", 2), ("YANDEXBOT", 2), ("MJ12bot", 10), ("MJ1", 2),
      ("Yan", 2), ("OpenAI Python SDK", 12), ("other", 2),
    ])
  func theMostSpecificGroupIsChosen(_ robot: String, _ line: Int) {
    let names = ["*", "Yandex", "Googlebot", "Googlebot-Image", "MJ12bot", "OpenAI"]
    let file = names.map { "User-agent: \($0)\nDisallow: /\n" }.joined()
    #expect(Self.line(file, robot, "/page") == line)
  }

  /// Queries are not stored, so rules with one say nothing about what was fetched.
  @Test func rulesWithQueriesAreLeftOut() {
    let text = "User-agent: a\nUser-agent: b\nDisallow: /*?\nAllow: /x?y\nDisallow: /z\nDisallow:\n"
    let file = RobotsFile(Array(text.utf8))
    #expect(file.rules == 3)
    #expect(file.rulesWithQuery == 2)
    #expect(file.group(of: "b").prohibition(of: "/x") == nil)
    #expect(file.group(of: "b").prohibition(of: "/z") == 5)
  }

  @Test func filesAreReadUpToTheLimit() {
    let start = "User-agent: *\n"
    let filler = String(repeating: "#", count: RobotsFile.mostBytes - start.utf8.count - 15) + "\n"
    let file = RobotsFile(Array((start + filler + "Disallow: /a\nDisallow: /b\n").utf8))
    #expect(file.isCut)
    #expect(file.rules == 1)
    #expect(file.group(of: "x").prohibition(of: "/a") == 3)
    #expect(file.group(of: "x").prohibition(of: "/b") == nil)
    #expect(!RobotsFile(Array(Self.simple.utf8)).isCut)
  }

  /// Many asterisks take no more time than their number times the length of the path.
  @Test func manyAsterisksAreFast() {
    let pattern = "/" + String(repeating: "*a", count: 1_000) + "b$"
    #expect(!Self.disallows(pattern, "/" + String(repeating: "a", count: 1_900)))
  }
}

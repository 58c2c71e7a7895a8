import Collecting
import TestSupport
import Testing

/// Returns the normal form of a path as text, or nil if it has none.
private func normal(_ path: String) -> String? {
  let bytes = Array(path.utf8)
  var out: [UInt8] = []
  return Pathname.append(bytes.span, 0..<bytes.count, to: &out) ? String(decoding: out, as: UTF8.self) : nil
}

@Suite struct PathnameTests {
  @Test(arguments: [
    ("/", "/"),
    ("/blog/post-1", "/blog/post-1"),
    ("/a/./b", "/a/b"),
    ("/a/../b", "/b"),
    ("/a/..", "/"),
    ("/a/.", "/a/"),
    ("/../../etc/passwd", "/etc/passwd"),
    ("/..", "/"),
    ("/.env", "/.env"),
    ("/.well-known/x", "/.well-known/x"),
    ("/a//b", "/a//b"),
    ("/%41%2d%7E", "/A-~"),
    ("/caf%c3%a9", "/caf%C3%A9"),
    ("/café", "/caf%C3%A9"),
    ("/a%2fb", "/a%2Fb"),
    ("/%2e%2e/b", "/b"),
    ("/100%", "/100%25"),
    ("/%zz", "/%25zz"),
    ("/a b\"c<d>", "/a%20b%22c%3Cd%3E"),
    ("/shop;jsessionid=6BEF03?x", "/shop"),
    ("/shop;JSESSIONID=6BEF03/cart", "/shop/cart"),
    ("/order;family=f", "/order;family=f"),
    ("//phpmyadmin/x", "//phpmyadmin/x"),
  ])
  func isNormalised(_ path: String, _ expected: String) {
    let cut = path.split(separator: "?", omittingEmptySubsequences: false)[0]
    #expect(normal(String(cut)) == expected)
  }

  @Test(arguments: ["", "*", "index.html", "%2F"])
  func refusesWhatIsNoAbsolutePath(_ path: String) {
    #expect(normal(path) == nil)
  }

  @Test func isIdempotent() {
    var generator = SeededGenerator(seed: 7)
    let pieces = ["/", ".", "..", "%2e", "%2F", "%", "a", "é", " ", ";jsessionid=1", "//", "%41", "\u{1}", "?"]
    for _ in 0..<5_000 {
      let path = "/" + (0..<8).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let once = normal(path)
      #expect(once.flatMap(normal) == once)
    }
  }

  @Test func cutsLongPathsWithoutPartingAnEscape() throws {
    for padding in 0..<4 {
      let long = "/" + String(repeating: "a", count: 1_990 + padding) + String(repeating: "é", count: 20)
      let path = try #require(normal(long))
      #expect(path.utf8.count <= RequestTarget.longestPath)
      #expect(path.utf8.count > RequestTarget.longestPath - 3)
      #expect(normal(path) == path)
    }
  }
}

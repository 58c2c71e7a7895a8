import Collecting
import Testing

@Suite struct RequestTargetTests {
  /// Target, host, path, query.
  @Test(arguments: [
    ("/", "", "/", ""),
    ("/a?b=c", "", "/a", "b=c"),
    ("/a?b=c#d", "", "/a", "b=c"),
    ("/a#d?b", "", "/a", ""),
    ("/a?", "", "/a", ""),
    ("//host/a", "", "//host/a", ""),
    ("http://example.com/a?b", "example.com", "/a", "b"),
    ("https://user:secret@Example.com:8443/a", "Example.com", "/a", ""),
    ("http://[2001:db8::1]:80/x", "[2001:db8::1]", "/x", ""),
    ("http://example.com", "example.com", "", ""),
    ("android-app://com.google.android.gm/", "com.google.android.gm", "/", ""),
    ("-app://example.com/", "", "-app://example.com/", ""),
    ("http://example.com?q", "example.com", "", "q"),
    ("example.com:443", "", "example.com:443", ""),
    ("*", "", "*", ""),
    ("", "", "", ""),
    ("/?http://x/", "", "/", "http://x/"),
  ])
  func isParted(_ target: String, _ host: String, _ path: String, _ query: String) {
    let bytes = Array(target.utf8)
    let parts = RequestTarget.parts(of: bytes.span, 0..<bytes.count)
    #expect(String(decoding: bytes[parts.host], as: UTF8.self) == host)
    #expect(String(decoding: bytes[parts.path], as: UTF8.self) == path)
    #expect(String(decoding: bytes[parts.query], as: UTF8.self) == query)
  }
}

@Suite struct QueryParametersTests {
  private func pairs(_ query: String) -> [String] {
    let bytes = Array(query.utf8)
    var parameters = QueryParameters(0..<bytes.count)
    var pairs: [String] = []
    while let pair = parameters.next(in: bytes.span) {
      var value: [UInt8] = []
      QueryParameters.appendDecoded(bytes.span, pair.value, to: &value)
      pairs.append(String(decoding: bytes[pair.name], as: UTF8.self) + ":" + String(decoding: value, as: UTF8.self))
    }
    return pairs
  }

  @Test(
    arguments: [
      ("", []),
      ("a=1&b=2", ["a:1", "b:2"]),
      ("a&&b=&=c", ["a:", "b:", ":c"]),
      ("a=b=c", ["a:b=c"]),
      ("q=one+two%20three%2B", ["q:one two three+"]),
      ("q=caf%C3%A9", ["q:café"]),
      ("q=%0d%0a%00x%7f", ["q:x"]),
      ("q=+%20x+", ["q:x"]),
      ("q=%&r=%4", ["q:%", "r:%4"]),
    ] as [(String, [String])])
  func areWalkedAndDecoded(_ query: String, _ expected: [String]) {
    #expect(pairs(query) == expected)
  }

  @Test func cutsLongValuesBetweenCharacters() {
    for padding in 0..<3 {
      let value = String(repeating: "x", count: padding) + String(repeating: "é", count: 200)
      let kept = pairs("q=" + value)[0].dropFirst(2)
      #expect(kept.utf8.count <= QueryParameters.longestValue)
      #expect(kept.utf8.count >= QueryParameters.longestValue - 1)
      #expect(value.hasPrefix(kept))
    }
  }
}

import Testing

@testable import UserAgents

/// Shapes contain nothing that could tell one client from others of its kind.
@Suite struct AgentShapeTests {
  private static func shape(_ agent: String) -> String { AgentShape.text(of: Array(agent.utf8)) }

  @Test(
    arguments: [
      ("", ""), ("  ", ""), ("curl/8.5.0", "curl/N"),
      (
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Mozilla/N (XN; Linux xN; rv:N) Gecko/N Firefox/N"
      ),
      ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "Mozilla/N (Macintosh; Intel Mac OS X N)"),
      ("MJ12bot/v1.4.8 1,234 2024-10-10", "MJNbot/vN N N"),
      ("Foo/1.2 (+https://www.example.com/bot?id=7; admin@example.com)", "Foo/N (+www.example.com; @)"),
      ("see http://192.0.2.7:8080/x, WWW.example.com/jane#top", "see N, WWW.example.com"),
      ("http://jane:secret@example.com/ tail", "@ tail"),
      ("crawler example.org/~jane/bot", "crawler example.org"),
      ("com.example.app/3.1 Dalvik", "com.example.app/N Dalvik"),
      ("jane(at)example.com jane[AT]example.com (contact:%20jane%40example.com)", "@ @ (@)"),
      ("spider 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "spider X"), ("app id:4f2a9c8d11 Bot123abc", "app id:X X"),
      ("app/2.0 uid=jane key=", "app/N uid=X key="), ("probe 2001:db8::1 192.0.2.7 00:1a:2b:3c:4d:5e", "probe X N X"),
      ("a\tb\u{1}\n c", "a b c"), (String(repeating: "a", count: 31), "X"),
      ("caf\u{E9} \u{30C4}1", "caf\u{E9} \u{30C4}N"),
    ])
  func identifiersAreReplaced(_ agent: String, _ shape: String) {
    #expect(Self.shape(agent) == shape)
  }

  @Test func shapesAreShort() {
    let shape = Self.shape(String(repeating: "word ", count: 60))
    #expect(shape.count == AgentShape.longest)
    #expect(shape.hasSuffix("…"))
  }

  /// Shapes of random bytes contain neither digits nor mail addresses.
  @Test func noDigitIsLeft() {
    let signs = Array("aZ09 .:/@-_=()%;".utf8)
    var state: UInt32 = 7
    for _ in 0..<2_000 {
      let agent = (0..<40).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return signs[Int(state >> 16) % signs.count]
      }
      let shape = AgentShape.text(of: agent)
      #expect(!shape.utf8.contains { (0x30...0x39).contains($0) }, "\(shape)")
      #expect(shape.firstMatch(of: /[a-z]@|@[a-z]/) == nil, "\(shape)")
    }
  }
}

import Collecting
import TestSupport
import Testing

@Suite struct EventRuleTests {
  /// Returns a rule in one line: methods, statuses, name, properties.
  private static func summary(_ text: String) throws -> String {
    let rule = try EventRule(text)
    let statuses = rule.statuses.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
    let properties = rule.properties.map { "\($0.name)=\($0.value)" }
    return [rule.methods.joined(separator: ","), statuses.joined(separator: ","), rule.name]
      .joined(separator: "; ") + (properties.isEmpty ? "" : "; " + properties.joined(separator: ", "))
  }

  @Test(arguments: [
    ("POST /signup 303 -> Signup {plan: $query.plan}", #"POST; 303; Signup; plan=query("plan")"#),
    ("*.pdf 200 -> Download {file: $path}", "GET; 200; Download; file=path"),
    ("404 -> 404 {path: $path}", "GET; 404; 404; path=path"),
    ("/thanks → Thank you", "GET; 200-299,304; Thank you"),
    ("  GET|HEAD\t/a  2xx|304   ->  A  ", "GET,HEAD; 200-299,304; A"),
    ("ANY /a 5xx -> A", "; 500-599; A"),
    ("DELETE -> Gone{}", "DELETE; 200-299,304; Gone"),
    ("/a->A", "GET; 200-299,304; A"),
    ("/a-b-> A", "GET; 200-299,304; A"),
    (
      #"/a -> "say \"hi\" {\\}" { "a b" : "x\"y" , n: -1.5e3 , t: true, f: false }"#,
      #"GET; 200-299,304; say "hi" {\}; a b=text("x\"y"), n=word("-1.5e3"), t=word("true"), f=word("false")"#
    ),
    (
      "/a -> A {r: $referrer, h: $host, m: $method, s: $status,}",
      "GET; 200-299,304; A; r=referrer, h=host, m=method, s=status"
    ),
    (
      "/a -> A {u: $query.utm_source, d: $query.a.b-c}",
      #"GET; 200-299,304; A; u=query("utm_source"), d=query("a.b-c")"#
    ),
  ])
  func rulesAreRead(_ text: String, _ summary: String) throws {
    #expect(try Self.summary(text) == summary)
  }

  /// Text, column and part of the reason.
  @Test(arguments: [
    ("", 1, "no arrow"), ("POST /signup 303", 17, "no arrow"), ("-> A", 1, "which lines to match"),
    ("303 /a -> A", 5, "in this order"), ("/a /b -> A", 4, "in this order"), ("get /a -> A", 1, "not a method"),
    ("GET| /a -> A", 1, "not a method"), ("signup -> A", 1, "a path"), ("/a?b=1 -> A", 3, "query"),
    ("/a 20 -> A", 4, "not a status"), ("/a 6xx -> A", 4, "not a status"), ("/a 200| -> A", 4, "not a status"),
    ("/a 99 -> A", 4, "not a status"), ("/a -> ", 7, "name"), ("/a -> {a: 1}", 7, "name"), (#"/a -> "" "#, 7, "name"),
    (#"/a -> "A"#, 7, "never closed"), (#"/a -> "A" b"#, 11, "only properties"), (#"/a -> "\n""#, 8, "backslash"),
    ("/a -> A {", 10, "missing"), ("/a -> A {a", 11, "colon"), ("/a -> A {a:", 12, "value is missing"),
    ("/a -> A {a: pro}", 13, "quotes"), ("/a -> A {a: 01}", 13, "quotes"), ("/a -> A {a: null}", 13, "quotes"),
    ("/a -> A {a: [1]}", 13, "value is missing"), ("/a -> A {a: 1 b: 2}", 15, "comma"),
    ("/a -> A {a: 1, a: 2}", 16, "appears twice"), ("/a -> A {a: 1} x", 16, "nothing may follow"),
    ("/a -> A {a: $ip}", 13, "no field $ip"), ("/a -> A {a: $user_agent}", 13, "no field"),
    ("/a -> A {a: $remote_user}", 13, "no field"), ("/a -> A {a: $query.}", 13, "no field"),
    ("/a -> A {a: $query}", 13, "no field"), ("/a -> A\u{1F}B", 7, "control"), ("/a -> A {\"\t\": 1}", 10, "control"),
    ("/a -> " + String(repeating: "ä", count: 256), 7, "256 characters"),
  ])
  func mistakesAreToldWithTheirPlace(_ text: String, _ column: Int, _ reason: String) throws {
    let error = #expect(throws: EventRuleError.self) { try EventRule(text) }
    #expect(error?.column == column)
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    #expect(error?.rule == text)
  }

  @Test func aNameOf255CharactersIsKept() throws {
    #expect(try EventRule("/a -> " + String(repeating: "ä", count: 255)).name.count == 255)
  }

  /// Method, status, path: the number of the rule that applies.
  @Test(
    arguments: [
      ("POST", 303, "/signup", 0), ("GET", 303, "/signup", nil), ("POST", 302, "/signup", nil),
      ("POST", 303, "/signup/", nil), ("GET", 200, "/a/b.pdf", 1), ("GET", 206, "/a/b.pdf", nil),
      ("GET", 404, "/a/b.pdf", 2), ("HEAD", 404, "/", nil), ("PROPFIND", 500, "/", 3), ("", 500, "/", nil),
      ("GET", 503, "/", 3), ("GET", -1, "/", nil), ("GET", 600, "/", nil), ("GET", 999, "/", nil),
      ("PUT", 200, "/x/y", 4),
      ("POST", 200, "/x/y", 4), ("P", 200, "/x/y", nil), ("AMETHODOFMANYLETTERS", 500, "/", nil),
    ] as [(String, Int, String, Int?)])
  func theFirstRuleThatFitsHolds(_ method: String, _ status: Int, _ path: String, _ expected: Int?) throws {
    let rules = EventRules(
      try ["POST /signup 303 -> a", "*.pdf 200 -> b", "404 -> c", "ANY 5xx -> d", "PUT|POST /x/* -> e", "503 -> f"]
        .map { try EventRule($0) })
    let bytes = Array((method + path).utf8)
    let split = method.utf8.count
    let found = rules.rule(
      bytes.span, method: 0..<split, status: status, path: bytes.span, split..<bytes.count)
    #expect(found == expected)
    let mayFit = rules.mayFit(bytes.span, method: 0..<split, status: status)
    #expect(mayFit || found == nil)
  }

  @Test func withoutRulesNothingFits() {
    let bytes = Array("GET".utf8)
    let mayFit = EventRules().mayFit(bytes.span, method: 0..<3, status: 200)
    #expect(!mayFit)
  }
}

@Suite struct PathPatternTests {
  private static func matches(_ pattern: String, _ path: String) -> Bool {
    let bytes = Array(("<" + path + ">").utf8)
    return PathPattern(pattern).matches(bytes.span, 1..<bytes.count - 1)
  }

  @Test(arguments: [
    ("/a", "/a", true), ("/a", "/a/", false), ("/a", "/A", false), ("/a", "", false), ("*", "", true),
    ("*", "/x", true),
    ("*.pdf", "/a/b.pdf", true), ("*.pdf", ".pdf", true), ("*.pdf", "/a.pdf/x", false), ("/a*", "/a", true),
    ("/a*", "/abc/d", true), ("/a*", "/b", false), ("/a*a", "/a", false), ("/a*a", "/aa", true),
    ("/a/*/c", "/a/b/c", true), ("/a/*/c", "/a/c", false), ("/a/*/c", "/a//c", true), ("*b*", "/abc", true),
    ("*b*", "/ac", false), ("**", "/x", true), ("/*ab*ab*c", "/abxabc", true), ("/*ab*ab*c", "/abc", false),
  ])
  func starsStandForAnything(_ pattern: String, _ path: String, _ expected: Bool) {
    #expect(Self.matches(pattern, path) == expected)
  }

  /// Agrees with the textbook recursion on short random texts of few letters.
  @Test func agreesWithTheSlowWay() {
    func slow(_ pattern: Substring, _ text: Substring) -> Bool {
      guard let first = pattern.first else { return text.isEmpty }
      if first == "*" { return slow(pattern.dropFirst(), text) || (!text.isEmpty && slow(pattern, text.dropFirst())) }
      return text.first == first && slow(pattern.dropFirst(), text.dropFirst())
    }
    var generator = SeededGenerator(seed: 41)
    func random(_ letters: [Character], _ longest: Int) -> String {
      String(
        (0..<Int.random(in: 0...longest, using: &generator)).map { _ in letters.randomElement(using: &generator) ?? "a"
        })
    }
    var fits = 0
    for _ in 0..<20_000 {
      let (pattern, text) = (random(["a", "b", "*"], 6), random(["a", "b"], 8))
      let expected = slow(pattern[...], text[...])
      fits += expected ? 1 : 0
      #expect(Self.matches(pattern, text) == expected, "\(pattern) \(text)")
    }
    #expect(fits > 2_000)
  }
}

@Suite struct EventPropertiesTests {
  /// Returns the parts with `|` before each, or nil if the text is not a flat object.
  private static func parts(_ json: String) -> String? {
    let bytes = Array(json.utf8)
    var out = Array("name".utf8)
    let isFlat = EventProperties.append(bytes.span, 0..<bytes.count, separator: UInt8(ascii: "|"), to: &out)
    let text = String(decoding: out, as: UTF8.self)
    if !isFlat { #expect(text == "name", "a failed read leaves nothing behind") }
    return isFlat ? String(text.dropFirst(4)) : nil
  }

  @Test(
    arguments: [
      ("", ""), ("{}", ""), (" { } ", ""), (#"{"a":"b"}"#, "|a|b"),
      (#"{ "a" : 1 , "b" : true,"c":false }"#, "|a|1|b|true|c|false"),
      (#"{"a":-0.5E+3,"b":0}"#, "|a|-0.5E+3|b|0"), (#"{"a":""}"#, "|a|"),
      (#"{"a":"x\"y\\z\/\n\u0001\u001f\u00e9\ud83d\ude00"}"#, #"|a|x"y\z/é😀"#), (#"{"a":"é"}"#, "|a|é"),
      // Not an object, not flat, not JSON.
      ("[]", nil), ("1", nil), ("null", nil), (#"{"a":null}"#, nil), (#"{"a":{}}"#, nil), (#"{"a":[1]}"#, nil),
      (#"{"a"}"#, nil), (#"{"a":}"#, nil), (#"{"a":1,}"#, nil), (#"{"a":1 "b":2}"#, nil), (#"{a:1}"#, nil),
      (#"{"a":1"#, nil),
      (#"{"a":"b}"#, nil), (#"{"a":1}x"#, nil), (#"{"a":01}"#, nil), (#"{"a":1.}"#, nil), (#"{"a":.5}"#, nil),
      (#"{"a":1e}"#, nil),
      (#"{"a":+1}"#, nil), (#"{"a":tru}"#, nil), (#"{"a":"\x"}"#, nil), (#"{"a":"\ud83d"}"#, nil),
      (#"{"a":"\ude00"}"#, nil),
      (#"{"a":"\u12"}"#, nil), ("{\"a\":\"x\ny\"}", nil),
      // Names must be present and distinct.
      (#"{"":1}"#, nil), (#"{"a":1,"a":2}"#, nil), (#"{"a":1,"\u0061":2}"#, nil),
    ] as [(String, String?)])
  func flatObjectsAreRead(_ json: String, _ parts: String?) {
    #expect(Self.parts(json) == parts)
  }

  /// Any bytes get an answer, never a crash.
  @Test func anyBytesAreAnAnswer() {
    var generator = SeededGenerator(seed: 42)
    let whole = Array(#"{"plan":"pro é😀","n":-1.5e+3,"ok":true,"t":"\u00e9\ud83d\ude00\"\\"}"#.utf8)
    var flat = 0
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: .min ... .max, using: &generator)
      }
      let end = Int.random(in: 0...bytes.count, using: &generator)
      var out: [UInt8] = []
      if EventProperties.append(bytes.span, 0..<end, separator: 0, to: &out) { flat += 1 } else { #expect(out.isEmpty) }
    }
    #expect(flat > 10)
  }
}

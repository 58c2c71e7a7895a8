import TestSupport

/// Random values of fields, usual and odd ones.
struct RandomValues {
  var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  /// Returns a value of the field with this name in mappings, or `-`.
  mutating func value(of field: String) -> String {
    number(0...15) == 0 ? "-" : filled(pick(Self.values[field] ?? Self.values[""] ?? []))
  }

  /// Returns the line unchanged, or with bytes changed, inserted, removed, doubled and truncated.
  mutating func changed(_ text: String) -> [UInt8] {
    var line = Array(text.utf8)
    for _ in 0..<pick([0, 0, 0, 1, 1, 2, 4]) where !line.isEmpty {
      let index = number(0...line.count - 1)
      switch number(0...7) {
      case 0: line.remove(at: index)
      case 1: line.insert(pick(Self.special), at: index)
      case 2: line[index] = pick(Self.special)
      case 3 where number(0...3) == 0: line.removeSubrange(index...)
      case 4: line.insert(contentsOf: pick(Self.fragments).utf8, at: index)
      case 5: line[index] = UInt8(number(0...255))
      case 6: line.insert(contentsOf: pick(Self.beginnings).utf8, at: 0)
      default:
        line.insert(contentsOf: line[index..<min(line.count, index + number(1...20))], at: number(0...line.count))
      }
    }
    return line.filter { $0 != 0x0A }
  }

  /// Returns neighbouring bytes of a line in its buffer, which must never be looked at.
  mutating func neighbour() -> [UInt8] { Array(pick(Self.neighbours).utf8) }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

  mutating func pick<Element>(_ list: [Element]) -> Element { list[Int.random(in: 0..<list.count, using: &generator)] }

  mutating func shuffled<Element>(_ list: [Element]) -> [Element] { list.shuffled(using: &generator) }

  /// Returns the text with random digits for each `#`.
  mutating func filled(_ text: String) -> String {
    String(text.map { $0 == "#" ? Character("\(number(0...9))") : $0 })
  }

  private static let special = Array("\"\"\\\\[]{}|,: --./0\t\0+Z=%'".utf8) + [0xFF, 0xC3]
  private static let neighbours = ["", "\"", " 200 5", "\0", "\\", "]", "}", "5", ":", "+0000", "/", "\t\"a\""]
  private static let beginnings = ["\0", " ", "\t", "#", "\"", "\0\0 ", "# ", "<", "- ", "\u{1E}"]
  private static let fragments = [
    "\" ", "\\\"", " - ", "null", "[1,2]", "{\"a\":[]}", "\"status\":500,", "\t", "https://a.example/", ", ", "  ",
    "\\",
    "\" \"", "{", "}", "\"\"", "::", " | ", "1 ",
  ]

  private static let values: [String: [String]] = [
    "time": [
      "1#/Oct/2024:1#:3#:4# +0#30", "2#/Feb/2024:0#:0#:5# -0#00", "0#/Jan/1970:00:00:0# +0000",
      "1#/Oct/2024:1#:3#:4#.###", "3#/Dec/2023:2#:5#:6# +1#59", "1#/oct/2024:1#:3#:4# +05:30", "2024-10-1#T1#:3#:4#Z",
      "2024-10-1#T1#:3#:4#.######+0#:30", "2024-10-1# 1#:3#:4#,# -0#30", "2024-10-1#t1#:3#:4#", "2024-10-1#T1#:3#:4#z",
      "2023-0#-3#T1#:3#:4#+1#", "17285#####", "17285#####.##", "17285########", "17285###########",
      "17285##############", "9##################", "0", "yesterday", "2024/10/1#T1#:3#:4#Z", "2024/10/1# 1#:3#:4#.#",
      "2024-10-1#_1#:3#:4#.###", "2024-10/1# 1#:3#:4#", "1#/Oct/2024 1#:3#:4#", "1#/Oct/2024 1#:3#:4# +0200",
    ],
    "date": ["2024-10-1#", "2024-0#-3#", "2024/10/1#", "1969-12-31"],
    "clock": ["1#:3#:4#", "2#:5#:6#", "0#:0#:0#.##"],
    "address": [
      "192.0.2.#", "192.0.2.##", "2001:db8::#", "[2001:db8::1]:44#", "192.0.2.1:50000", "unix:", "host.example",
      "192.0.2.1, 198.51.100.#", "[", "", "localhost", "unknown", "unknown,192.0.2.1", "web", "192.0.2.###",
      "fe80::1%eth#",
    ],
    "host": ["example.com", "www.example.com:443", "[2001:db8::1]", "localhost", ""],
    "forwarded": ["192.0.2.#", "192.0.2.1, 2001:db8::#", "for=192.0.2.1;by=\\\"x\\\"", "unknown", ""],
    "user": ["frank", "John Doe", "corp\\\\jd", ""],
    "request": [
      "GET / HTTP/1.1", "GET /a?b=c HTTP/2.0", "GET /a b HTTP/1.0", "POST /x", "hello", "", "GET  HTTP/1.1",
      "GET HTTP/1.1", "GET /say\\\"hi\\\" HTTP/3", "\\x16\\x03 \\x22", "/a?b=c", "/", "GET /a 1.1", "GET /a 2",
      "\u{1B}[31mGET /a HTTP/1.1\u{1B}[0m",
    ],
    "url": [
      "GET https://example.com:443/a?b=c HTTP/1.1", "GET http://example.com HTTP/2.0", "GET /a HTTP/1.1", "- - -",
      "POST https://[2001:db8::1]:80/a:b//c HTTP/1.1", "GET https:// HTTP/1.1", "GET mailto:/x",
      "CONNECT a.example:443",
    ],
    "method": ["GET", "POST", "get", ""],
    "target": ["/", "/a?b=c", "/a b", "*", "https://example.com/a", "/\\/a\\u00e4", ""],
    "query": ["?a=b", "a=b&c=d", "??", ""],
    "status": ["200", "200", "304", "404", "0", "000", "99", "2000", "20x", "", "-1", "-200", "--"],
    "result": ["TCP_MISS/200", "TCP_HIT/304", "NONE/000", "TCP_MISS", "/200", "A/B/200", "A/", "A/-1"],
    "size": ["0", "5###", "999999999999999999", "9999999999999999999", "1.5", "x", ""],
    "referrer": ["https://example.org/", "http://example.org/?q=a b", "\\\"r\\\"", ""],
    "agent": [
      "Mozilla/5.0 (X11; Linux)", "Mozilla/5.0+(X11;+Linux)", "say \\\"hi\\\"", "a\\\\", "Mozilla/5.0%20(X11)", "",
    ],
    "signature": ["\\x22https://agent.example\\x22", "sig1=\\\"https://a.example\\\"", ""],
    "dnt": ["1", "0", "1", "null", "", "1, 0", "0,1", "0, 0", "11", "1;0", "0 1"],
    "": ["0.0##", "abc", "a b", "[x]", "{y}", "\\\"", "-1", "12ms", ""],
  ]
}

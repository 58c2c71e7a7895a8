import AccessLog
import Hits
import Testing

/// A line parsed in a format, with its fields as texts.
struct ParsedLine {
  var reason: MalformedLine?
  var line = LogLine()
  private let bytes: [UInt8]

  init(_ text: String, _ format: LogFormat = .combined) {
    self.init(Array(text.utf8), format)
  }

  init(_ bytes: [UInt8], _ format: LogFormat) {
    self.bytes = bytes
    var parser = LineParser(format)
    reason = parser.parse(bytes.span, 0..<bytes.count, into: &line)
  }

  func text(_ field: KeyPath<LogLine, Range<Int>>) -> String {
    String(decoding: bytes[line[keyPath: field]], as: UTF8.self)
  }
}

private let time = "[10/Oct/2024:13:55:36 +0000]"

@Suite struct LineParserTests {
  @Test func findsAllFieldsOfCombined() {
    let parsed = ParsedLine(
      "192.0.2.1 - frank \(time) \"GET /a?b=c HTTP/1.1\" 200 2326 \"https://example.org/\" \"Mozilla/5.0 (X11)\"")
    #expect(parsed.reason == nil)
    #expect(parsed.text(\.address) == "192.0.2.1")
    #expect(parsed.text(\.user) == "frank")
    #expect(parsed.line.timestamp == 1_728_568_536)
    #expect(parsed.text(\.method) == "GET")
    #expect(parsed.text(\.target) == "/a?b=c")
    #expect(parsed.line.status == 200)
    #expect(parsed.line.size == 2_326)
    #expect(parsed.text(\.referrer) == "https://example.org/")
    #expect(parsed.text(\.userAgent) == "Mozilla/5.0 (X11)")
  }

  /// The request as logged, then method and target.
  @Test(arguments: [
    ("GET / HTTP/1.1", "GET", "/"),
    ("-", "", ""),
    ("", "", ""),
    ("hello", "hello", ""),
    ("GET /old", "GET", "/old"),
    ("SEARCH / -", "SEARCH", "/ -"),
    ("GET /a b c HTTP/1.0", "GET", "/a b c"),
    ("GET /a align=left HTTP/1.0", "GET", "/a align=left"),
    ("GET  HTTP/1.1", "GET", ""),
    ("GET HTTP/1.1", "GET", ""),
    ("GET http://example.com/echo HTTP/1.1", "GET", "http://example.com/echo"),
    ("CONNECT example.com:443 HTTP/1.1", "CONNECT", "example.com:443"),
    ("OPTIONS * HTTP/1.0", "OPTIONS", "*"),
    ("PRI * HTTP/2.0", "PRI", "*"),
    ("GET %. HTTP/1.1", "GET", "%."),
    ("\\x16\\x03\\x01 \\x22 ok", "\\x16\\x03\\x01", "\\x22 ok"),
    ("GET /say\\\"hi\\\" HTTP/1.1", "GET", "/say\\\"hi\\\""),
    ("GET /say\"hi\" HTTP/1.1", "GET", "/say\"hi\""),
    ("GET /\\\\ HTTP/1.1", "GET", "/\\\\"),
    ("GET /shop;jsessionid=1#x|y,z HTTP/2", "GET", "/shop;jsessionid=1#x|y,z"),
  ])
  func partsTheRequest(_ request: String, _ method: String, _ target: String) {
    let parsed = ParsedLine("192.0.2.1 - - \(time) \"\(request)\" 404 0 \"-\" \"-\"")
    #expect(parsed.reason == nil)
    #expect(parsed.text(\.method) == method)
    #expect(parsed.text(\.target) == target)
    #expect(parsed.line.status == 404)
  }

  /// What follows the request, then status, size, referrer and user agent.
  @Test(
    arguments: [
      ("200 5 \"-\" \"-\"", 200, 5, "", ""),
      ("200 - \"r\" \"a\"", 200, 0, "r", "a"),
      ("- - \"-\" \"a\"", -1, 0, "", "a"),
      ("200 5", 200, 5, "", ""),
      ("200 5 \"r\"", 200, 5, "r", ""),
      ("200 5 - \"a\" 13 \"Host\" 247ms", 200, 5, "", "a"),
      ("200 5 \"r\" -", 200, 5, "r", ""),
      ("304 - 3551 \"-\" \"a\"", 304, 0, "", "a"),
      ("200 5 \"r\" \"a\" \"-\"", 200, 5, "r", "a"),
      ("200 5 \"r\" \"a\" \"192.0.2.7\" 0.123", 200, 5, "r", "a"),
      ("200 5 \"r\" \"\\\"a\\\"\"", 200, 5, "r", "\\\"a\\\""),
      ("200 5 \"say \"hi\" x\" \"a\"", 200, 5, "say \"hi\" x", "a"),
      ("200 5 \"r\" \"a\\\\\"", 200, 5, "r", "a\\\\"),
      ("200 5 \"\" \"\"", 200, 5, "", ""),
    ] as [(String, Int, Int64, String, String)])
  func readsWhatFollowsTheRequest(
    _ rest: String, _ status: Int, _ size: Int64, _ referrer: String, _ agent: String
  ) {
    let parsed = ParsedLine("192.0.2.1 - - \(time) \"GET / HTTP/1.1\" \(rest)")
    #expect(parsed.reason == nil)
    #expect(parsed.line.status == status)
    #expect(parsed.line.size == size)
    #expect(parsed.text(\.referrer) == referrer)
    #expect(parsed.text(\.userAgent) == agent)
  }

  /// What precedes the time, then address and user.
  @Test(arguments: [
    ("192.0.2.1 - -", "192.0.2.1", "-"),
    ("2001:db8::1%eth0 - -", "2001:db8::1%eth0", "-"),
    ("[2001:db8::1]:80 - -", "[2001:db8::1]:80", "-"),
    ("192.0.2.1 -", "192.0.2.1", ""),
    ("192.0.2.1", "192.0.2.1", ""),
    ("localhost - -", "localhost", "-"),
    ("unix: - -", "unix:", "-"),
    ("192.0.2.1, 10.0.0.1, 127.0.0.1 - -", "192.0.2.1, 10.0.0.1, 127.0.0.1", "-"),
    ("\"192.0.2.1, 10.0.0.1\" 10.0.0.2 - -", "\"192.0.2.1, 10.0.0.1\"", "- -"),
    ("192.0.2.1 - John Doe", "192.0.2.1", "John Doe"),
    ("192.0.2.1 - corp\\jd", "192.0.2.1", "corp\\jd"),
    ("192.0.2.1 - a[1]b", "192.0.2.1", "a[1]b"),
    ("\0\0\0192.0.2.1 - -", "192.0.2.1", "-"),
    ("  192.0.2.1 - -", "192.0.2.1", "-"),
  ])
  func readsWhatPrecedesTheTime(_ prefix: String, _ address: String, _ user: String) {
    let parsed = ParsedLine("\(prefix) \(time) \"GET / HTTP/1.1\" 200 5 \"-\" \"-\"")
    #expect(parsed.reason == nil)
    #expect(parsed.text(\.address) == address)
    #expect(parsed.text(\.user) == user)
  }

  /// Names are clients if most clients of a log are names, and only if no other word before the time is an address.
  @Test(
    arguments: [
      ("host.example - -", nil), ("web-1 - -", nil), ("a/b - -", nil), ("192.0.2.1 - -", nil), ("a@b - -", .address),
      ("host.example 192.0.2.1 -", .address), ("host.example - 192.0.2.1", .address),
      ("host.example x.example -", .address),
    ] as [(String, MalformedLine?)])
  func readsNamesWhereTheyAreTheRule(_ prefix: String, _ reason: MalformedLine?) {
    let text = "\(prefix) \(time) \"GET / HTTP/1.1\" 200 5 \"-\" \"-\""
    let parsed = ParsedLine(text, .combined.acceptingNames)
    #expect(parsed.reason == reason)
    if reason == nil { #expect(parsed.text(\.address) == prefix.prefix { $0 != " " }) }
    if !prefix.hasPrefix("192") { #expect(ParsedLine(text).reason == .address) }
  }

  /// A request that consists of escapes does not exhaust the stack.
  @Test func readsAMillionEscapes() {
    let request = String(repeating: "\u{1B}", count: 1_000_000)
    let parsed = ParsedLine("192.0.2.1 - - \(time) \"\(request)GET / HTTP/1.1\" 200 5")
    #expect(parsed.reason == nil)
    #expect(parsed.text(\.method) == "GET")
    #expect(parsed.text(\.target) == "/")
  }

  /// A UTC time stays UTC whatever the log's zone, even where that zone's clocks skip the hour.
  @Test(
    arguments: [
      ("2024-10-10 13:55:36 UTC", 1_728_568_536), ("2024-10-10 15:55:36 +0200 UTC", 1_728_568_536),
      ("10/Oct/2024:13:55:36 GMT", 1_728_568_536), ("10/Oct/2024:13:55:36 +0000 UTC", 1_728_568_536),
      ("2024-03-31 02:30:00 UTC", 1_711_852_200), ("2024-10-27 01:30:00 UTC", 1_729_992_600),
      ("2024-10-10 15:55:36", 1_728_568_536), ("2024-10-10T13:55:36Z", 1_728_568_536),
    ] as [(String, Int64)])
  func readsTimesOfUTCInEveryZone(_ text: String, _ instant: Int64) {
    let berlin = LocalCalendar(
      firstOffset: 3_600,
      transitions: [.init(instant: 1_711_846_800, offset: 7_200), .init(instant: 1_729_990_800, offset: 3_600)])
    let line = ReadLine.one("192.0.2.1 - - [\(text)] \"GET / HTTP/1.1\" 200 5", .combined, zone: berlin)
    #expect(line?.timestamp == instant)
  }

  @Test func readsALineThatIsQuotedAsAWhole() {
    let parsed = ParsedLine("\"192.0.2.1 - - \(time) \"GET / HTTP/1.1\" 200 5 \"-\" \"agent\"\"")
    #expect(parsed.reason == nil)
    #expect(parsed.text(\.address) == "192.0.2.1")
    #expect(parsed.text(\.userAgent) == "agent")
  }

  @Test(
    arguments: [
      ("", .empty), ("   ", .empty), ("# comment", .comment), ("\0\0\0", .binary),
      ("hello", .address), ("192.0.2.1 -", .fieldMissing), ("192.0.2.1 - - GET", .time),
      ("192.0.2.1 - - [10/Oct/2024:13:55:36", .time),
      ("10.0.0.1 (192.0.2.1) - - \(time) \"GET / HTTP/1.1\" 200 1", .address),
      ("10.0.0.1 [192.0.2.1] - - \(time) \"GET / HTTP/1.1\" 200 1", .address),
      ("10.0.0.1 - - 192.0.2.1, \(time) \"GET / HTTP/1.1\" 200 1", .address),
      ("192.0.2.1 - - \(time) \"GET / HTTP/1.1\" 200 1 \"-\" \"/ref\" \"Mozilla/5.0 (X11)\"", .trailing),
      ("192.0.2.1 - - \(time) \"GET / HTTP/1.1\" 200 1 \"-\" \"-\" \"Mozilla/5.0 (X11)\"", .trailing),
      ("192.0.2.1 - - [32/Oct/2024:13:55:36 +0000] \"GET /\" 200 1", .time),
      ("192.0.2.1 - - [30/Feb/2024:13:55:36 +0000] \"GET /\" 200 1", .time),
      ("192.0.2.1 - - [10/Okt/2024:13:55:36 +0000] \"GET /\" 200 1", .time),
      ("192.0.2.1 - - [10/Oct/1924:13:55:36 +0000] \"GET /\" 200 1", .time),
      ("192.0.2.1 - - \(time) GET / 200 1", .request),
      ("192.0.2.1 - - \(time)", .request),
      ("192.0.2.1 - - \(time) \"GET /", .quote),
      ("192.0.2.1 - - \(time) \"GET /\" abc 1", .quote),
      ("192.0.2.1 - - \(time) \"GET /\" 200", .fieldMissing),
      ("192.0.2.1 - - \(time) \"GET /\" 200 x", .size),
      ("192.0.2.1 - - \(time) \"GET /\" 200 1 \"-\" \"Mozilla", .quote),
      ("192.0.2.1 - - \(time) \"GET /\" 200 1 \"-\" Mozilla", .quote),
    ] as [(String, MalformedLine)])
  func tellsWhyALineIsNone(_ text: String, _ reason: MalformedLine) {
    #expect(ParsedLine(text).reason == reason)
  }

  @Test func commonEndsAfterTheSize() {
    #expect(ParsedLine("192.0.2.1 - - \(time) \"GET /\" 200 1", .common).reason == nil)
    #expect(ParsedLine("192.0.2.1 - - \(time) \"GET /\" 200 1 \"-\" \"a\"", .common).reason == .trailing)
  }

  @Test func vhostFormatsReadTheHost() {
    let parsed = ParsedLine(
      "www.example.com:443 192.0.2.1 - - \(time) \"GET / HTTP/1.1\" 200 5 \"-\" \"a\"", .vhostCombined)
    #expect(parsed.reason == nil)
    #expect(parsed.text(\.host) == "www.example.com:443")
    #expect(parsed.text(\.address) == "192.0.2.1")
  }
}

@Suite struct LogTimestampTests {
  @Test(
    arguments: [
      ("01/Jan/1970:00:00:00 +0000", 0),
      ("10/Oct/2000:13:55:36 -0700", 971_211_336),
      ("22/Jan/2019:03:56:14 +0330", 1_548_116_774),
      ("29/Feb/2024:12:00:00 +0000", 1_709_208_000),
      ("31/Dec/2016:23:59:60 +0000", 1_483_228_799),
      ("01/Jan/2024:00:00:00 -0000", 1_704_067_200),
      ("01/jan/2024:00:00:00 +1400", 1_704_016_800),
      ("29/Feb/2023:12:00:00 +0000", nil), ("00/Jan/2024:00:00:00 +0000", nil),
      ("01/Jan/2024:24:00:00 +0000", nil), ("01/Jan/2024:00:60:00 +0000", nil),
      ("01/Jan/2024:00:00:61 +0000", nil), ("01/Jan/2101:00:00:00 +0000", nil),
      ("01/Jan/2024:00:00:00 0000 ", nil), ("1/Jan/2024:00:00:00 +0000 ", nil),
      ("01/Jan/2024:00:00:00", nil),
    ] as [(String, Int64?)])
  func isRead(_ text: String, _ expected: Int64?) {
    let bytes = Array(text.utf8)
    var clock = LogTimestamp()
    #expect(clock.read(bytes.span, at: 0) == expected)
    #expect(clock.read(bytes.span, at: 0) == expected, "the cached minute gives the same result")
  }
}

@Suite struct UnescapingTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a\\x22b", "a\"b"), ("a\\\"b\\\\", "a\"b\\"), ("\\n\\t", "\n\t"),
    ("\\xC3\\xa9", "é"), ("\\xZZ", "\\xZZ"), ("\\", "\\"), ("\\x4", "\\x4"), ("\\q", "\\q"), ("\\\\x22", "\\x22"),
  ])
  func takesOutEscapes(_ text: String, _ expected: String) {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    Unescaping.append(bytes.span, 0..<bytes.count, to: &out)
    #expect(String(decoding: out, as: UTF8.self) == expected)
  }
}

import TestSupport

/// Random lines of all formats, and near misses: well-formed lines with bytes changed, inserted, removed, doubled and
/// truncated.
struct RandomLines {
  private var generator: SeededGenerator
  /// What may follow the size.
  private let endings: [String]

  init(seed: UInt64, endings: [String] = []) {
    generator = SeededGenerator(seed: seed)
    self.endings = Self.endings + endings
  }

  /// Returns the next line with its neighbours in the buffer, which must never be looked at. Often they would
  /// continue the line.
  mutating func next() -> (before: [UInt8], line: [UInt8], after: [UInt8]) {
    var line = Array(wellFormed().utf8)
    for _ in 0..<pick([0, 0, 0, 1, 1, 2, 8]) { mutate(&line) }
    let cut = line.isEmpty || number(0...2) > 0 ? line.count : number(0...line.count)
    let start = number(0...19) > 0 ? 0 : number(0...cut)
    return (Array(line[..<start]), Array(line[start..<cut]), Array(line[cut...]) + pick(Self.neighbours).utf8)
  }

  private mutating func wellFormed() -> String {
    let parts = [
      mostly("", ["\0\0", " ", "\"", "\u{1E}"]), pick(["", mostly("example.com ", Self.hosts)]),
      number(0...2) > 0 ? "192.0.2.1" : pick(Self.addresses), " ", identityAndUser(), time(),
      mostly(" ", ["", "  "]), "\"", pick(Self.requests), "\" ",
      mostly("200", ["304", "-", "99", "2000", "20x", "0", "0 200"]),
      mostly(" ", ["  "]), mostly("5", ["-", "999999999999999999", "9999999999999999999", "x", ""]),
      mostly("", [" 17", " - 17", " 0.01", " 1.5.2 7", " .5", " 99999999999999999999"]), pick(endings),
    ]
    return parts.joined()
  }

  /// Returns what comes between client and time, including the blank before the time.
  private mutating func identityAndUser() -> String {
    switch number(0...9) {
    case 0: ""
    case 1: pick(Self.hosts) + mostly("- ", ["", "frank "])
    case 2: pick(Self.addresses) + " - - "
    default: "- " + mostly("-", ["frank", "John Doe", "a[1]b", "", "[1]", "[abc/d]"]) + " "
    }
  }

  private mutating func time() -> String {
    if number(0...5) == 0 { return "[\(pick(Self.times))\(mostly("", [" UTC", " GMT", " CET", "UTC", " UTC "]))]" }
    if number(0...3) > 0 { return "[10/Oct/2024:13:\(pick(["55", "56"])):\(number(10...59)) +0000]" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let month = pick(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Okt", "dec"])
    let year = pick([1970, 2000, 2023, 2024, 2024, 2100, 1969, 2101])
    let clock = "\(two(pick([0, 13, 23, 24]))):\(two(pick([0, 59, 60]))):\(two(number(0...62)))"
    let zone = pick(["+0000", "+0000", "-0700", "+0545", "-1530", "+1600", "+0060", "0000 "])
    return "[\(two(number(0...32)))/\(month)/\(year):\(clock) \(zone)]"
  }

  /// Returns the usual text in nine cases of ten, otherwise one of the others.
  private mutating func mostly(_ usual: String, _ others: [String]) -> String {
    number(0...9) > 0 ? usual : pick(others)
  }

  private mutating func mutate(_ line: inout [UInt8]) {
    guard !line.isEmpty else { return }
    let index = number(0...line.count - 1)
    switch number(0...7) {
    case 0: line.remove(at: index)
    case 1: line.insert(special(), at: index)
    case 2: line[index] = special()
    case 3: line.removeSubrange(index...)
    case 4: line.insert(contentsOf: pick(Self.fragments).utf8, at: index)
    case 5: line.removeFirst(index)
    case 6: line[index] = UInt8(number(0...255))
    default: line.insert(contentsOf: line[index..<min(line.count, index + number(1...30))], at: number(0...line.count))
    }
  }

  private mutating func special() -> UInt8 {
    pick(Array("\"\"\\\\[]  --,/:#09\0\t\u{7F}".utf8) + [0xFF, 0xC3])
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  private mutating func pick<Element>(_ list: [Element]) -> Element {
    list[Int.random(in: 0..<list.count, using: &generator)]
  }

  private static let neighbours = [
    "", "", "\"", " 200 1 \"-\" \"-\"", "\0", "\\", "] \"GET /", " ", "/", "\n192.0.2.1 - - [",
  ]
  private static let addresses = [
    "192.0.2.1", "192.0.2.1", "2001:db8::1", "[2001:db8::1]:80", "host.example", "192.0.2.1, 198.51.100.2",
    "\"192.0.2.1, 198.51.100.2\" 203.0.113.3", "-", "-", "unix:", "unix:/run/a", "envoy:x", "[", "[]", "\"192.0.2.1\"",
    "192.0.2.1:50000", "192.0.2.1:500000", "192.0.2.1:", "[::1]", "[::1]:", "[::1]x", "fe80::1%eth0", "fe80:1%", "::",
    "1:2:3", "1:2:3:4", "13:55:36", "::ffff:192.0.2.1", "1.2:3::4", "unknown, 192.0.2.1", "unknown", "_a,192.0.2.1,-",
    "localhost", "localhost, localhost", "192.0.2", "192.0.2.1.5", "1234.0.2.1", "192.0.2.1, host.example", "web-1",
    "a/b", "\"\"", "192.0.2.1,198.51.100.2,", "2001:DB8::1",
  ]
  private static let hosts = [
    "www.example.com:443 ", "example.com: ", "- ", "_ ", "*:80 ", "192.0.2.9 ", "192.0.2.9:80 ", "[2001:db8::1]:80 ",
    "2001:db8::1 ", "web ", "12 ", "a.b1 ", ".com ", "example._x ", "ex-ample.x1 ", "exämple.com ", "a@b ", ":80 ",
    "-:80 ",
    "--- ", "\"example.com\" ", "example.com:http ", "example.com., ", "192.0.2.9, ", "a.1b ",
  ]
  private static let times = [
    "10/Oct/2024:13:55:36.123 +0000", "10/Oct/2024:13:55:36", "10/Oct/2024 13:55:36", "10/Oct/2024 13:55:36 +0200",
    "2024-10-10 13:55:36", "2024-10-10T13:55:36Z", "2024-10-10T13:55:36.123456+02:00", "2024/10/10 13:55:36",
    "2024/10/10 13:55:36.5 +0200", "2024-10-10_13:55:36.1", "2024-10-10 13:55:36,123", "2024-10/10 13:55:36",
    "10/Oct/2024-13:55:36", "10/Oct/2024:13:55:36 Z", "10/Oct/2024:13:55:36Z", "10/Oct/2024:13:55:36 +02",
    "10/Oct/2024:13:55:36 +0260", "2024-10-10", "1728568536.5", "24/10-10 12:00:00",
  ]
  private static let requests = [
    "GET / HTTP/1.1", "GET /a?b=c HTTP/2.0", "-", "", "hello", "GET /old", "GET  HTTP/1.1", "GET HTTP/1.1", "HTTP/1.1",
    "GET /a b c HTTP/1.0", "GET /say\\\"hi\\\" HTTP/1.1", "GET /say\"hi\" HTTP/1.1", "GET /\\\\",
    "GET /\" 200 5 HTTP/1.1", "GET / 1.1", "GET / 2", "GET / 4", "GET / 1.2", "GET / 3.0", "GET 1.1", "1.1",
    "GET / 1x1",
    "\u{1B}[31m\u{1B}[1mGET / HTTP/1.1\u{1B}[0m", "\u{1B}[0mGET /", "\u{1B}GET / HTTP/1.1",
    "\u{1B}\u{1B}\u{1B}[mGET / 2",
    "\u{1B}", "\u{1B}[", "\u{1B}[31", "\u{1B}[31m", "\u{1B}[1;31m-", "\u{1B}-", "GET /\u{1B}[0m HTTP/1.1",
    "\\x16\\x03", "GET /x\" 404 HTTP/1.1", "GET /\\", " ", "GET / HTTP/1.1 ",
  ]
  private static let endings = [
    "", "", "", "", "", "", " \"-\" \"Mozilla/5.0 (X11)\"", " \"-\" \"Mozilla/5.0 (X11)\"",
    " \"https://example.org/\" \"a\"",
    " - \"a\"", " \"r\" -", " \"r\"", " \"\" \"\" 1 x \"a\" \"Mozilla/5.0\"", " \"r\" \"a\" \"Mozilla/5.0\"",
    " \"\" \"\"", " \"r\" \"a\" \"192.0.2.7\" 0.1",
    " \"r\" \"a\" \"192.0.2.7, 2001:db8::1\"",
    " \"say \"hi\" x\" \"a \"b\" c\"",
    " \"r\\\" \"a\"", " \"r\\\\\" \"a\\\\\"", " \"r\" \"cut", " r a", "\"r\" \"a\"", " \"r\"  \"a\"  ",
    " \"r\" \"a\"\"", " ",
  ]
  /// What Squid writes after the size, or nearly that.
  static let cacheResults = [
    " TCP_MISS:FIRSTUP_PARENT", " TCP_MISS/200:X", " TCP_MISS", " tcp:x", " TCP_HIT:HIER_NONE ", " A:", " 5:A",
    " TCP:A",
    " NONE_NONE:HIER_NONE", " TCP_DENIED:HIER_NONE", " TCP_MISS:A", " TCP_MISS:B", " TCP_MISS:C", " TCP_MISS:D",
  ]
  private static let fragments = [
    "\" 200 ", "\" \"", " - ", "HTTP/", " [", "[10/Oct/2024:13:55:36 +0000]", ", ", "\\\"", "  ",
  ]
}

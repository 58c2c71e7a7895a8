import AccessLog
import Hits
import Testing

@Suite struct FormatDetectorTests {
  private static let time = "[10/Oct/2024:13:55:36 +0000]"
  private static let common = "192.0.2.1 - - \(time) \"GET / HTTP/1.1\" 200 5\n"
  private static let combined = "192.0.2.1 - - \(time) \"GET / HTTP/1.1\" 200 5 \"https://example.org/\" \"agent\"\n"

  private func detect(_ text: String) -> FormatDetector.Finding {
    let bytes = Array(text.utf8)
    return FormatDetector().detect(bytes.span, 0..<bytes.count)
  }

  /// Returns the lines of a log. `CLIENT` becomes a different address in each line, `TIME` a time, `PATH` a path,
  /// `REF` a referrer, `AGENT` a user agent, `NAME` a host name.
  private static func log(_ template: String, lines: Int = 40) -> String {
    (0..<lines).map { number in
      let page = "/p\(number % 7).html"
      return
        template
        .replacing("CLIENT", with: "198.51.100.\(number + 1)").replacing("NAME", with: "host\(number).example.net")
        .replacing("TIME", with: "10/Oct/2024:13:55:\(number % 50 + 10) +0000")
        .replacing("ISO", with: "2024-10-10T13:55:\(number % 50 + 10)Z").replacing("PATH", with: page)
        .replacing("REF", with: number % 3 == 0 ? "-" : "https://example.org/\(number)")
        .replacing("AGENT", with: number % 11 == 0 ? "-" : agents[number % agents.count])
        .replacing("NUMBER", with: "\(number * 37 % 1_000)") + "\n"
    }.joined()
  }

  private static let agents = [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    "curl/8.5.0", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  ]

  @Test(
    arguments: [
      (common, "combined", 1),
      (combined, "combined", 1),
      ("example.com:80 " + common, "vhost_combined", 1),
      ("example.com:80 " + combined, "vhost_combined", 1),
      (combined + "garbage\n" + "# comment\n\n", "combined", 0.5),
      ("192.0.2.1, 10.0.0.1 - - \(time) \"GET / HTTP/1.1\" 200 5 \"-\" \"a\"\n", "combined", 1),
      ("192.0.2.1 - John Doe \(time) \"GET / HTTP/1.1\" 200 5 \"-\" \"a\"\n", "combined", 1),
    ] as [(String, String, Double)])
  func findsTheFormat(_ text: String, _ format: String, _ rate: Double) {
    let finding = detect(text)
    #expect(finding.format?.name == format)
    #expect(finding.rate == rate)
  }

  @Test(arguments: ["", "\n\n", "hello\nworld\n", "{\"a\":1}\n"])
  func findsNoneWhereNoneFits(_ text: String) {
    #expect(detect(text).format == nil)
  }

  @Test func looksAtAThousandLinesOnly() {
    let text = String(repeating: Self.combined, count: 1_000) + String(repeating: "garbage\n", count: 5_000)
    #expect(detect(text).rate == 1)
  }

  // MARK: Plausibility

  /// Lines that match the shape of a format although their fields are different ones. Each comes with the reported
  /// doubt and the suggested format, which reads the client; it is nil where the client cannot be known.
  @Test(
    arguments: [
      (
        "agent and referrer swapped", #"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "AGENT" "REF""#, .agent,
        #"$remote_addr $other1 $other2 [$time_local] "$request" $status $body_bytes_sent "$http_user_agent" "$http_referer""#
      ),
      (
        "a cookie before the agent",
        #"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "session=NUMBER; lang=de" "AGENT""#, .agent,
        #"$remote_addr $other1 $other2 [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$other3" "$http_user_agent""#
      ),
      (
        "the host before referrer and agent",
        #"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "www.example.com" "REF" "AGENT""#, .agent,
        #"$remote_addr $other1 $other2 [$time_local] "$request" $status $body_bytes_sent "$host" "$http_referer" "$http_user_agent""#
      ),
      (
        "the agent further behind", #"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "-" "x y" "AGENT""#,
        .agentBehind,
        #"$remote_addr $other1 $other2 [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$other3" "$other4" "$http_user_agent""#
      ),
      (
        "two addresses", #"CLIENT 192.0.2.9 - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#, .twoAddresses,
        #"$remote_addr $other1 $other2 $other3 [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent""#
      ),
      (
        "the server's own name and no client",
        #"www.example.com - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#, .client, nil
      ),
      (
        "the server's own name for itself", #"localhost - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#,
        .client, nil
      ),
      (
        "ids of requests with dots",
        #"NUMBERabc.0d.NUMBERe CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#,
        .host,
        #"$other1 $remote_addr $other2 $other3 [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent""#
      ),
      (
        "many browsers behind one private address",
        #"10.0.0.9 - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "Mozilla/5.0 (rv:NUMBER.0) Firefox/NUMBER.0""#,
        .sharedClients, nil
      ),
      (
        "a number without quotes before the agent",
        #"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" 12 "AGENT""#,
        .agentBehind,
        #"$remote_addr $other1 $other2 [$time_local] "$request" $status $body_bytes_sent "$http_referer" $other3 "$http_user_agent""#
      ),
      (
        "the client in the user field", #"10.0.0.1 - CLIENT [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#,
        .clientBehind,
        #"$remote_addr $other1 $http_x_forwarded_for [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent""#
      ),
      (
        "a balancer as the client, and the client at the end",
        #"10.0.0.1 - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT" 0.1 CLIENT"#, .clientBehind,
        #"$remote_addr $other1 $other2 [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $other3 $http_x_forwarded_for"#
      ),
    ] as [(String, String, ColumnDoubt, String?)])
  func columnsOfOthersAreDoubted(_ title: String, _ template: String, _ doubt: ColumnDoubt, _ suggestion: String?) {
    let finding = detect(Self.log(template))
    #expect(finding.format == nil, "\(title): \(finding.format?.name ?? "")")
    #expect(finding.doubted.first?.doubt == doubt, "\(title): \(finding.doubted.map(\.doubt))")
    #expect(finding.suggestion == suggestion, "\(title)")
  }

  /// Odd text in one line, or in a few, comes from visitors.
  @Test(
    arguments: [
      (#"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#, "combined"),
      (#"192.0.2.9 CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#, "vhost_combined"),
      (#"10.0.0.1 - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT" "CLIENT""#, "combined_forwarded"),
      (#"10.0.0.1 - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT" "-""#, "combined"),
    ])
  func whatVisitorsWriteIsNotDoubted(_ template: String, _ format: String) {
    let odd = [
      #"198.51.100.77 - - [TIME] "GET / HTTP/1.1" 200 5 "Mozilla/5.0 (X11)" "https://example.org/""#,
      #"198.51.100.77 - - [TIME] "GET / HTTP/1.1" 200 5 "a=b" "c=d""#,
      #"198.51.100.77 - - [TIME] "\x16\x03\x01" 400 5 "192.0.2.7" "192.0.2.7""#,
    ].map { Self.log($0, lines: 1) }.joined()
    let finding = detect(Self.log(template) + (format.hasPrefix("vhost") ? "" : odd))
    #expect(finding.format?.name == format)
    #expect(finding.rate == 1)
  }

  /// A server that looks up names finds many of them, and none for some addresses.
  @Test(arguments: [60, 30, 10]) func namesAreClientsWhereManyClientsAreNames(_ names: Int) throws {
    let line = #"NAME - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#
    let text = Self.log(line, lines: names) + Self.log(line.replacing("NAME", with: "CLIENT"), lines: 25)
    let finding = detect(text)
    let format = try #require(finding.format)
    #expect(format.name == "combined")
    #expect(format.acceptsNames)
    #expect(finding.rate == 1)
    let clients = ReadLine.all(Array(text.utf8), format).map { $0?.address }
    #expect(clients.prefix(names).elementsEqual((0..<names).map { "host\($0).example.net" }))
    #expect(clients.dropFirst(names).elementsEqual((1...25).map { "198.51.100.\($0)" }))
    // A few names among addresses are not clients: such a log has addresses, and some lines of another kind.
    let other = detect(Self.log(line, lines: 10) + Self.log(line.replacing("NAME", with: "CLIENT"), lines: 60))
    #expect(other.format?.acceptsNames == false)
    #expect(other.rate == 60.0 / 70)
  }

  /// Unknown keys are detected inside objects, but only down to a limited depth. Otherwise a visitor could send a
  /// line that takes forever.
  @Test(arguments: [(3, true), (20, false), (20_000, false)])
  func keysOfDeepObjectsAreNotMadeOut(_ levels: Int, _ areMadeOut: Bool) {
    let inner = #"{"when":"ISO","who":"CLIENT","how":"GET","what":"PATH","code":200,"browser":"AGENT"}"#
    let line = String(repeating: #"{"a":"#, count: levels) + inner + String(repeating: "}", count: levels)
    #expect((detect(Self.log(line, lines: 5)).suggestion != nil) == areMadeOut)
  }

  /// Keys that no format knows: what they hold is not left out in silence, and the suggested text names them.
  @Test(
    arguments: [
      (
        #"{"time":"ISO","visitor":"CLIENT","upstream":"10.0.0.9","method":"GET","uri":"PATH","status":200,"ua":"AGENT"}"#,
        .clientKey, "address=visitor"
      ),
      (
        #"{"time":"ISO","ip":"CLIENT","method":"GET","uri":"PATH","status":200,"protocol":"HTTP/1.1","sent_by":"AGENT"}"#,
        .agentKey, "agent=sent_by"
      ),
      (
        #"{"time":"ISO","level":"INFO","ip":"CLIENT","operation":"POST","uri":"PATH","status":200,"ua":"AGENT"}"#,
        .methodKey, "method=operation"
      ),
      ("time:ISO\tvisitor:CLIENT\tmethod:GET\turi:PATH\tstatus:200\tua:AGENT", .clientKey, "address=visitor"),
    ] as [(String, ColumnDoubt, String)])
  func unknownKeysAreDoubted(_ template: String, _ doubt: ColumnDoubt, _ pair: String) throws {
    let finding = detect(Self.log(template))
    #expect(finding.format == nil)
    #expect(finding.doubted.first?.doubt == doubt)
    let suggestion = try #require(finding.suggestion)
    #expect(suggestion.split(whereSeparator: { ":,".contains($0) }).contains(Substring(pair)), "\(suggestion)")
    let text = Array(Self.log(template).utf8)
    let lines = ReadLine.all(text, try FormatText.format(suggestion)).compactMap { $0 }
    #expect(lines.map(\.address) == (1...40).map { "198.51.100.\($0)" })
    #expect(lines.count { !$0.userAgent.isEmpty } == 36)
  }

  /// A log without clients names its servers, and one whose requests are all GETs need not say so.
  @Test(arguments: [
    #"{"time":"ISO","server":"203.0.113.7","method":"GET","uri":"PATH","status":200,"ua":"AGENT"}"#,
    #"{"time":"ISO","upstream":"10.0.0.NUMBER","uri":"PATH","status":200,"ua":"AGENT","level":"INFO"}"#,
  ])
  func otherUnknownKeysAreNotDoubted(_ template: String) {
    #expect(detect(Self.log(template)).format?.name == "json")
  }

  // MARK: Strays

  /// HAProxy's lines look like combined ones without a user agent, so their format is tried first.
  @Test(arguments: [0, 30, 50]) func formatsThatReadMoreAreTriedFirst(_ place: Int) {
    let common = #"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER"#
    let haproxy = common + #" "" "" 50000 924 "web" "app" "one" 0 0 1 2 3 ---- 1 1 0 0 0 0 0 "" "" "AGENT""#
    let combined = Self.log(common + #" "REF" "AGENT""#, lines: 50).split(separator: "\n")
    let text =
      (combined[..<place] + Self.log(haproxy, lines: 10).split(separator: "\n") + combined[place...])
      .joined(separator: "\n") + "\n"
    let finding = detect(text)
    #expect(finding.format?.name == "haproxy_clf and combined")
    #expect(finding.rate == 1)
  }

  /// JSON inside of another envelope.
  @Test(arguments: [
    ("syslog", "Oct 10 13:55:36 web app[7]: "), ("cri", "2024-10-10T13:55:36.5Z stdout F "),
    ("stamp", "2024-10-10T13:55:36+00:00\tnginx.access\t"), ("compose", "web-1  | "),
  ])
  func envelopesMayBeAroundJSON(_ name: String, _ prefix: String) {
    let line = #"{"log":"CLIENT - - [TIME] \"GET PATH HTTP/1.1\" 200 NUMBER \"REF\" \"AGENT\"\n"}"#
    let finding = detect(Self.log(prefix + line))
    #expect(finding.format?.name == name + "+json+combined")
    #expect(finding.rate == 1)
  }

  /// Heroku's router has other names, and the time of its envelope: it reads no client from these.
  @Test(arguments: [("syslog", "2024-10-10T13:55:36Z web app[7]: "), ("cri", "2024-10-10T13:55:36.5Z stdout F ")])
  func pairsBehindAnEnvelopeAreNotHerokus(_ name: String, _ prefix: String) {
    let line = #"time=ISO method=GET path=PATH status=200 remote_addr=CLIENT user_agent="AGENT""#
    #expect(detect(Self.log(prefix + line)).format?.name == name + "+logfmt")
    let unknown = detect(Self.log(prefix + line.replacing("remote_addr", with: "who").replacing("time=", with: "at=")))
    #expect(unknown.format == nil)
  }

  /// Lines of another format are read as well if they are more than one in a hundred.
  @Test(arguments: [(1, "combined", 199.0 / 200), (20, "combined and json", 1)] as [(Int, String, Double)])
  func fewLinesOfAnotherFormatAreStrays(_ count: Int, _ name: String, _ rate: Double) {
    let json = #"{"time":"ISO","remote_addr":"CLIENT","request":"GET PATH HTTP/1.1","status":200}"#
    let combined = #"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#
    let finding = detect(Self.log(combined, lines: 200 - count) + Self.log(json, lines: count))
    #expect(finding.format?.name == name)
    #expect(abs(finding.rate - rate) < 0.000_1)
  }

  /// What a server prints at its start and between requests does not hide the format.
  @Test(
    arguments: [
      "Serving HTTP on 0.0.0.0 port 8000 (http://0.0.0.0:8000/) ...", "* Puma version: 5.6.5 (ruby 3.1.2-p20)",
      "2024/10/10 13:55:36 [error] 7#7: *1 open() failed, client: 192.0.2.1", "Traceback (most recent call last):",
      "Oct 10 13:55:36 web newsyslog[3]: logfile turned over",
    ])
  func whatElseServersSayIsPassedOver(_ stray: String) {
    let combined = #"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#
    let finding = detect(String(repeating: stray + "\n", count: 25) + Self.log(combined, lines: 30))
    #expect(finding.format?.name == "combined")
    #expect(finding.suggestion == nil)
  }

  // MARK: Suggestions

  /// Lines of no known format: the suggested format compiles, fits all lines and reads the client.
  @Test(
    arguments: [
      #"ISO CLIENT GET PATH 200 NUMBER "REF" "AGENT""#, #"CLIENT [TIME] 0.NUMBER "GET PATH HTTP/1.1" 200 NUMBER"#,
      #"172856853NUMBER.5 CLIENT www.example.com GET PATH HTTP/1.1 200 NUMBER 0.000 - "REF" "AGENT""#,
      #"[TIME] "GET PATH HTTP/1.1" 200 NUMBER CLIENT "AGENT" "REF""#,
      #"www.example.com 10.0.0.9 CLIENT [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#,
      #"{"when":"ISO","who":"CLIENT","what":"GET PATH HTTP/1.1","result":200,"with":"AGENT"}"#,
      #"[10000.00NUMBER] web app[8]: CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#,
      #"Oct 10 13:55:36 web app: CLIENT ISO GET PATH 200 NUMBER "AGENT""#,
      #"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER {www.example.com|AGENT|REF} {}"#,
    ])
  func suggestionsReadTheLines(_ template: String) throws {
    try expectSuggestionReadsRequests(Self.log(template))
  }

  /// The client is kept wherever a proxy's address is in the line, too. `PROXY` becomes one of three public addresses.
  @Test(
    arguments: [
      #"PROXY - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT" rt=0.NUMBER xff="CLIENT""#,
      #"10.0.0.9 - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT" rt=0.NUMBER xff="CLIENT""#,
      #"PROXY - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT" rt=0.NUMBER xff=CLIENT"#,
      #"PROXY - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT" 0.NUMBER "x y" "CLIENT" PROXY"#,
      #"PROXY - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT" xff:CLIENT"#,
      #"PROXY - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT" (CLIENT)"#,
      #"PROXY - CLIENT [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#,
      #"(CLIENT) PROXY - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#,
      #"(CLIENT) 10.0.0.9 - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#,
      #"PROXY (CLIENT) - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#,
      #"[CLIENT] PROXY - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#,
      #"client=CLIENT PROXY - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT""#,
      #"PROXY|CLIENT|ISO|GET|PATH|200|NUMBER|REF|AGENT"#,
      #"{"time":"ISO","ip":"PROXY","method":"GET","uri":"PATH","status":200,"ua":"AGENT","referer":"REF","cdn_client":"CLIENT"}"#,
      #"time=ISO ip=PROXY method=GET uri=PATH status=200 ua="AGENT" referer=REF cdn_client=CLIENT"#,
    ])
  func suggestionsKeepTheClientBehindAProxy(_ template: String) throws {
    let lines = Self.log(template).split(separator: "\n").enumerated()
      .map { $1.replacing("PROXY", with: "203.0.113.\($0 % 3 + 1)") + "\n" }
    try expectSuggestionReads(lines.joined())
  }

  /// If nothing shows which of two fields has the client, no text is suggested.
  @Test func noClientIsGuessed() {
    let line = #"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" 17 "AGENT" OTHER"#
    let lines = Self.log(line).split(separator: "\n").enumerated()
      .map { $1.replacing("OTHER", with: "203.0.113.\($0 + 1)") + "\n" }
    #expect(detect(lines.joined()).suggestion == nil)
    let named = lines.map { $0.replacing(" 203.0.113", with: " xff=203.0.113") }
    #expect(detect(named.joined()).suggestion?.hasSuffix("xff=$remote_addr") == true)
  }

  /// Nothing is suggested if the forwarded addresses end with a public proxy's, which is not believed.
  @Test func noListBehindAPublicProxyIsSuggested() {
    let lines = Self.log(#"PROXY - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "AGENT" 0.1 xff="CLIENT, PROXY""#)
      .split(separator: "\n").enumerated().map { $1.replacing("PROXY", with: "203.0.113.\($0 % 3 + 1)") + "\n" }
    let finding = detect(lines.joined())
    #expect(finding.format == nil)
    #expect(finding.suggestion == nil)
  }

  /// A field with a few values that look like user agents is not the user agents' if another one is.
  @Test(
    arguments: [
      #"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "LIBRARY" "REF" "AGENT""#,
      #"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER "REF" "x" "AGENT" "LIBRARY""#,
      #"CLIENT - - [TIME] "LIBRARY" "GET PATH HTTP/1.1" 200 NUMBER "REF" "x" "AGENT""#,
      #"CLIENT|ISO|LIBRARY|GET|PATH|HTTP/1.1|200|NUMBER|REF|AGENT"#,
      #"{"when":"ISO","who":"CLIENT","what":"GET PATH HTTP/1.1","result":200,"by":"LIBRARY","with":"AGENT","from":"REF"}"#,
    ])
  func librariesAreNoUserAgents(_ template: String) throws {
    let lines = Self.log(template).split(separator: "\n").enumerated()
      .map { $1.replacing("LIBRARY", with: $0 % 2 == 0 ? "okhttp/4.9" : "node/18") + "\n" }
    try expectSuggestionReads(lines.joined())
  }

  /// Columns that are separated by something else than blanks.
  @Test(
    arguments: [
      "CLIENT|ISO|GET|PATH|200|NUMBER|REF|AGENT", "CLIENT | ISO | GET PATH HTTP/1.1 | 200 | NUMBER | REF | AGENT",
      "172856853NUMBER.5|CLIENT|www.example.com|GET|PATH|HTTP/1.1|200|NUMBER|REF|AGENT|0.NUMBER",
      #""CLIENT"|"TIME"|"GET PATH HTTP/1.1"|"200"|"NUMBER"|"REF"|"AGENT""#,
      #"CLIENT - - [TIME] "GET PATH HTTP/1.1" 200 NUMBER [REF] [AGENT]"#,
      #"CLIENT [TIME] {REF|AGENT} "GET PATH HTTP/1.1" 200 NUMBER"#,
      "CLIENT|-|[TIME]|GET PATH HTTP/1.1|200|NUMBER|REF|AGENT", "10.0.0.9|CLIENT|ISO|GET|PATH|200|NUMBER|REF|AGENT",
      "ISO\tCLIENT\tGET\tPATH\t200\tNUMBER\tREF\tAGENT", "CLIENT\tTIME\tGET PATH HTTP/1.1\t200\tNUMBER\tREF\tAGENT",
      "CLIENT\t[TIME]\t\"GET PATH HTTP/1.1\"\t200\tNUMBER\t\"REF\"\t\"AGENT\"",
      #""CLIENT","ISO","GET PATH HTTP/1.1","200","NUMBER","REF","AGENT""#, "CLIENT;ISO;GET;PATH;200;NUMBER;REF;AGENT",
      #"app-0 (out): CLIENT ISO GET PATH 200 NUMBER "REF" "AGENT""#,
      #"at=ISO ip=CLIENT verb=GET url=PATH code=200 len=NUMBER [app] ref="REF" ua="AGENT""#,
    ])
  func suggestionsReadColumnsWithSeparators(_ template: String) throws {
    try expectSuggestionReads(Self.log(template))
  }

  /// A user agent that contains the separator is not cut in two.
  @Test func noColumnIsCut() {
    let browsers = Self.log("CLIENT;ISO;GET;PATH;200;NUMBER;REF;AGENT;x")
    #expect(detect(browsers).suggestion?.contains("user_agent") != true)
  }

  /// Names and values separated by blanks, in changing order; a known name has the time, unknown ones the rest.
  @Test func suggestionsReadPairs() throws {
    let lines = Self.log(#"time=ISO who=CLIENT verb=GET what=PATH answer=200 with="AGENT" from=REF"#)
      .split(separator: "\n").enumerated().map { number, line in
        number % 2 == 0 ? String(line) : "level=INFO " + line.replacing("verb=GET ", with: "") + " verb=GET"
      }
    let text = lines.joined(separator: "\n") + "\n"
    #expect(detect(text).suggestion?.hasPrefix("logfmt:") == true)
    try expectSuggestionReads(text)
  }

  /// Expects that a text is suggested for the lines of ``log(_:lines:)``, and that it reads them.
  private func expectSuggestionReads(_ text: String) throws {
    for (number, line) in try expectSuggestionReadsRequests(text).enumerated() {
      let agent = number % 11 == 0 ? ["", "-"] : [Self.agents[number % Self.agents.count]]
      #expect(agent.contains(line.userAgent))
      #expect(number % 3 == 0 ? ["", "-"].contains(line.referrer) : line.referrer == "https://example.org/\(number)")
    }
  }

  /// Expects the same of clients, URLs and statuses. Returns the lines as the text reads them.
  @discardableResult
  private func expectSuggestionReadsRequests(_ text: String) throws -> [ReadLine] {
    let finding = detect(text)
    #expect(finding.format == nil, "\(finding.format?.name ?? "")")
    let suggestion = try #require(finding.suggestion)
    let lines = ReadLine.all(Array(text.utf8), try FormatText.format(suggestion))
    #expect(lines.count == 40)
    return try lines.enumerated().map { number, line in
      let line = try #require(line, "\(suggestion): line \(number + 1)")
      let client = line.forwarded.isEmpty ? line.address : line.forwarded
      #expect(client == "198.51.100.\(number + 1)", "\(suggestion)")
      #expect(line.url == "/p\(number % 7).html", "\(suggestion)")
      #expect(line.status == 200, "\(suggestion)")
      return line
    }
  }

  @Test(arguments: [
    "hello world", "2024-10-10 13:55:36 started",
    #"when ISO {"line":"CLIENT - - [TIME] \"GET PATH HTTP/1.1\" 200 NUMBER \"REF\" \"AGENT\""}"#, "a b c d e f",
    "{\"a\":1,\"b\":\"c\"}", "200 200 200",
  ])
  func nothingIsSuggestedForWhatIsNoLog(_ line: String) {
    let finding = detect(Self.log(line))
    #expect(finding.format == nil)
    #expect(finding.suggestion == nil)
  }
}

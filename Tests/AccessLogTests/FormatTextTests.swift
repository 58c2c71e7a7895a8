import AccessLog
import Foundation
import Hits
import TestSupport
import Testing

/// Formats from the configuration texts of servers.
@Suite struct FormatTextTests {
  private static let time = "10/Oct/2024:13:55:36 +0200"
  private static let instant: Int64 = 1_728_561_336

  @Test func readsAnNginxFormatWithVariablesInAnyOrder() throws {
    let format = try FormatText.format(
      #"$status|$request_time|"$http_user_agent"|$host [$time_local] $remote_addr <$request> $http_referer;$upstream_addr"#
    )
    let line = try #require(
      ReadLine.one(
        #"404|0.01|"say \x22hi\x22"|example.com ["# + Self.time
          + "] 192.0.2.1 <GET /a b?c=d HTTP/1.1> https://e.org/x;-",
        format))
    #expect(line.status == 404)
    #expect(line.userAgent == "say \"hi\"")
    #expect(line.host == "example.com")
    #expect(line.timestamp == Self.instant)
    #expect(line.address == "192.0.2.1")
    #expect(line.method == "GET")
    #expect(line.url == "/a b?c=d")
    #expect(line.referrer == "https://e.org/x")
  }

  @Test func readsAPastedLogFormatOfSeveralPieces() throws {
    let format = try FormatText.format(
      """
      log_format main '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';
      """)
    #expect(format.name == "main")
    let line = try #require(
      ReadLine.one(
        "10.0.0.1 - - [\(Self.time)] \"GET / HTTP/1.1\" 200 5 \"-\" \"a\" \"192.0.2.1, 10.0.0.2\"", format))
    #expect(line.forwarded == "192.0.2.1, 10.0.0.2")
    #expect(line.userAgent == "a")
  }

  @Test func readsJSONFormatsOfNginx() throws {
    let format = try FormatText.format(
      #"escape=json {"time":"$time_iso8601","ip":"$remote_addr","r":"$request","s":$status,"ua":"$http_user_agent"}"#)
    let line = try #require(
      ReadLine.one(
        #"{"time":"2024-10-10T13:55:36+02:00","ip":"192.0.2.1","r":"GET /\"a\" HTTP/1.1","s":200,"ua":"\u00e4 \\ \ud83d\ude00"}"#,
        format))
    #expect(line.timestamp == Self.instant)
    #expect(line.url == "/\"a\"")
    #expect(line.userAgent == "ä \\ 😀")
  }

  @Test func escapesAreNoneWhereNginxWritesNone() throws {
    let format = try FormatText.format(#"escape=none $time_iso8601 $status "$request" "$http_user_agent""#)
    let line = try #require(ReadLine.one(#"2024-10-10T13:55:36+02:00 200 "GET /\ HTTP/1.1" "a\x22b""#, format))
    #expect(line.url == "/\\")
    #expect(line.userAgent == "a\\x22b")
  }

  @Test(
    arguments: [
      (
        #"%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\""#,
        #"192.0.2.1 - - [TIME] "GET /a HTTP/1.1" 200 5 "r" "a""#
      ),
      (#"%a %t %m %U%q %s %{ms}T "%{User-agent}i" %!200,304{Referer}i"#, #"192.0.2.1 [TIME] GET /a 200 17 "a" r"#),
      (
        #"%h [%{%d/%b/%Y:%H:%M:%S}t.%{msec_frac}t %{%z}t] "%r" %>s "%{Referer}i" "%400,501{User-agent}i""#,
        #"192.0.2.1 [10/Oct/2024:13:55:36.123 +0200] "GET /a HTTP/1.1" 200 "r" "a""#
      ),
      (
        #"%{%Y-%m-%d %I:%M:%S %p %z}t %h "%r" %>s %D %^FU "%{Referer}i" "%{User-Agent}i""#,
        #"2024-10-10 01:55:36 PM +0200 192.0.2.1 "GET /a HTTP/1.1" 200 99 - "r" "a""#
      ),
      (#"%{sec}t %h "%r" %>s "%{Referer}i" "%{User-Agent}i""#, #"1728561336 192.0.2.1 "GET /a HTTP/1.1" 200 "r" "a""#),
      (
        #"%{msec}t %h "%r" %>s "%{Referer}i" "%{User-Agent}i""#,
        #"1728561336123 192.0.2.1 "GET /a HTTP/1.1" 200 "r" "a""#
      ),
      (
        #"%{begin:usec}t %h "%r" %>s "%{Referer}i" "%{User-Agent}i""#,
        #"1728561336123456 192.0.2.1 "GET /a HTTP/1.1" 200 "r" "a""#
      ),
      (
        #"100%% %{%s}t %h "%r" %>s "%{Referer}i" "%{User-Agent}i""#,
        #"100% 1728561336 192.0.2.1 "GET /a HTTP/1.1" 200 "r" "a""#
      ),
      (
        #"%{%a, %e %B %Y %T %z}t\t%h\t"%r"\t%>s\t"%{Referer}i"\t"%{User-Agent}i""#,
        "Thu, 10 October 2024 13:55:36 +0200\t192.0.2.1\t\"GET /a HTTP/1.1\"\t200\t\"r\"\t\"a\""
      ),
      (
        #"LogFormat "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"" mine"#,
        #"192.0.2.1 - a b [TIME] "GET /a HTTP/1.1" 200 - "r" "a""#
      ),
      // Tomcat's, and a blank at the end that lines need not have.
      (
        #"%h %l %u %t "%r" %s %F %I %S %{x}s %{y}r "%{Referer}i" "%{User-Agent}i" "#,
        #"192.0.2.1 - - [TIME] "GET /a HTTP/1.1" 200 7 exec-1 - - - "r" "a""#
      ),
      (
        #"%h %l %u %t "%r" %s "%{Referer}i" "%{User-Agent}i""#,
        "192.0.2.1 - - [TIME] \"GET /a HTTP/1.1\" 200 \"r\" \"a\" \t "
      ),
      (
        #"LogFormat "%h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"" combined"#,
        #"192.0.2.1 - - [TIME] "GET /a HTTP/1.1" 200 9 "r" "a""#
      ),
    ])
  func readsApacheFormats(_ text: String, _ line: String) throws {
    let format = try FormatText.format(text)
    let read = try #require(ReadLine.one(line.replacing("TIME", with: Self.time), format))
    #expect(read.address == "192.0.2.1")
    #expect(read.timestamp == Self.instant)
    #expect(read.method == "GET")
    #expect(read.url == "/a")
    #expect(read.status == 200)
    #expect(read.referrer == "r")
    #expect(read.userAgent == "a")
  }

  @Test func readsTimesWithoutZoneInTheZoneOfTheLog() throws {
    let format = try FormatText.format(#"%{%Y-%m-%d %H:%M:%S}t %h "%r" %>s"#)
    // In Berlin, 02:30 does not exist on 31 March and occurs twice on 27 October.
    let berlin = LocalCalendar(
      firstOffset: 3_600,
      transitions: [.init(instant: 1_711_846_800, offset: 7_200), .init(instant: 1_729_990_800, offset: 3_600)])
    for (time, instant) in [
      ("2024-01-01 12:00:00", 1_704_106_800), ("2024-03-31 02:30:00", 1_711_848_600),
      ("2024-07-01 12:00:00", 1_719_828_000), ("2024-10-27 02:30:00", 1_729_989_000),
      ("2024-10-27 03:00:00", 1_729_994_400),
    ] as [(String, Int64)] {
      let line = ReadLine.one("\(time) 192.0.2.1 \"GET / HTTP/1.1\" 200", format, zone: berlin)
      #expect(line?.timestamp == instant, "\(time)")
    }
  }

  /// The output of the system's own `strftime` is read back, in any zone.
  @Test(
    arguments: [
      "%d/%b/%Y:%H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%z", "%a, %e %B %Y %T %z", "%m/%d/%y %I:%M:%S %p %z", "%s",
      "%F %T%z", "%D %R:%S %Z %z", "%b %e %k:%M:%S %Y %z", "%A %j %Y-%m-%d %l:%M:%S%p%z", "%h%%%d%t%Y %T %z",
    ])
  func readsWhatTheSystemWrites(_ pattern: String) async throws {
    let folder = try TemporaryFolder()
    let format = try FormatText.format("%h %{\(pattern)}t \"%r\" %>s")
    var generator = SeededGenerator(seed: 1)
    let instants = (0..<50).map { _ in Int64.random(in: 0...3_000_000_000, using: &generator) }
    let list = try folder.write(Array(instants.map { "@\($0)\n" }.joined().utf8), to: "instants")
    for zone in ["UTC", "<+0545>-5:45", "<-03>3", "<+14>-14"] {
      let written = try await ChildProcess.run(
        "/bin/date", ["-f", list, "+192.0.2.1 \(pattern) \"GET / HTTP/1.1\" 200"],
        in: URL(fileURLWithPath: folder.path), environment: ["TZ": zone, "LC_ALL": "C"])
      let read = ReadLine.all(Array(written.output.utf8), format).map { $0?.timestamp }
      #expect(read == instants, "\(zone)")
    }
  }

  @Test(
    arguments: [
      ("2024-10-10T13:55:36Z", 1_728_568_536), ("2024-10-10T13:55:36.123456Z", 1_728_568_536),
      ("2024-10-10T13:55:36+05:30", 1_728_548_736), ("2024-10-10 13:55:36,5 -0330", 1_728_581_136),
      ("2024-10-10T13:55:36-0000", 1_728_568_536), ("2024-10-10T13:55:36", 1_728_568_536),
      ("10/Oct/2024:13:55:36 +0545", 1_728_547_836), ("10/Oct/2024:13:55:36.250", 1_728_568_536),
      ("1728568536", 1_728_568_536), ("1728568536.75", 1_728_568_536), ("1728568536123", 1_728_568_536),
      ("1728568536123456", 1_728_568_536), ("1728568536123456789", 1_728_568_536),
      ("1969-12-31T23:59:59Z", nil), ("2101-01-01T00:00:00Z", nil), ("2024-02-30T00:00:00Z", nil),
      ("2024-10-10T24:00:00Z", nil), ("0", nil), ("-", nil), ("yesterday", nil), ("2024-10-10T13:55:36+1700", nil),
    ] as [(String, Int64?)])
  func readsAllFormsOfTime(_ time: String, _ instant: Int64?) throws {
    let format = try FormatText.format("json")
    let line = ReadLine.one(#"{"time":"\#(time)","method":"GET","uri":"/","status":200}"#, format)
    #expect(line?.timestamp == instant)
  }

  @Test(
    arguments: [
      ("combinde", "no format"), ("$remote_addr $request $status", "no time"), ("$time_local $status", "no request"),
      ("$time_local $request", "no status"), ("%h %t \"%r\" %>s %?", "no %?"),
      ("%t \"%r\" %>s%h", "no text between them"),
      ("%{%Q}t %r %>s", "cannot be read"), ("%h %", "no letter"), ("$ $status", "no name"),
      ("json:what=a", "FIELD=KEY"),
      ("log_format x", "there is no format after"),
    ])
  func tellsWhyATextIsNoFormat(_ text: String, _ reason: String) {
    #expect(throws: FormatError.self) { try FormatText.format(text) }
    do {
      _ = try FormatText.format(text)
    } catch {
      #expect(error.description.contains(reason), "\(error)")
    }
  }

  @Test func mappedKeysAreBetterThanTheUsualOnes() throws {
    let format = try FormatText.format("json:address=peer.ip, time=when,request=what,agent=request.agent")
    let line = ReadLine.one(
      #"{"remote_addr":"192.0.2.9","peer":{"ip":"192.0.2.1"},"when":1728561336,"what":"GET /a HTTP/1.1","request":{"agent":["a","b"]},"status":"200"}"#,
      format)
    #expect(line?.address == "192.0.2.1")
    #expect(line?.url == "/a")
    #expect(line?.userAgent == "a")
    #expect(try FormatText.format("ltsv:address=peer") != FormatText.format("ltsv"))
  }

  @Test(
    arguments: [
      #"{"time":1728561336,"method":"GET","uri":"/","status":200"#,
      #"{"time":1728561336,"method":"GET","uri":"/","status":200}}"#,
      #"{"time":1728561336,"method":"GET","uri":"/","status":200,}"#,
      #"{"time":1728561336,"method":"GET" "uri":"/","status":200}"#,
      #"{"time":1728561336,"method":"GET,"uri":"/","status":200}"#,
      #"{"time":1728561336,"method":GET,"uri":"/","status":200}"#,
      #"{"time":1728561336,"a":[1,{"b":[}],"uri":"/","status":200}"#, #"[{"time":1728561336}]"#, #"{time:1}"#, "{}x",
      "{",
      "{\"a\":" + String(repeating: "[", count: 100) + String(repeating: "]", count: 100) + "}",
    ])
  func brokenJSONIsMalformed(_ text: String) throws {
    var parser = LineParser(try FormatText.format("json"))
    var line = LogLine()
    let bytes = Array(text.utf8)
    #expect(parser.parse(bytes.span, bytes.indices, into: &line) == .syntax)
  }

  @Test(arguments: [
    #"{"level":"info","ts":1728561336,"msg":"started"}"#, #"{"method":"GET","uri":"/","status":200}"#, "{}",
  ])
  func otherJSONIsNoRequest(_ text: String) throws {
    #expect(ReadLine.one(text, try FormatText.format("json")) == nil)
  }
}

import ByteScanning

// Formats known by name whose lines are a text with values in it, like those in server configurations.
extension LogFormat {
  /// Envoy's default text. Its only client is the forwarded one. Source: Envoy 1.40, "Access logging", default
  /// format.
  static let envoy = text(
    "envoy",
    #"[$time_iso8601] "$request" $status $flags $received $bytes_sent $duration $service "$http_x_forwarded_for" "$http_user_agent" "$id" "$http_host" "$upstream""#
  )

  /// Istio's default text. Source: Istio 1.9 and later, `EnvoyTextLogFormat` in telemetry_logging.go.
  static let istio = text(
    "istio",
    #"[$time_iso8601] "$request" $status $flags $details $termination "$failure" $received $bytes_sent $duration $service "$http_x_forwarded_for" "$http_user_agent" "$id" "$http_host" "$upstream" $cluster $local $downstream $remote_addr $server $route"#
  )

  /// nginx Proxy Manager's logs of proxied and other hosts: the user agent precedes the referrer. The upstream's
  /// status may be a list. Source: nginx Proxy Manager 2.12, log-proxy.conf.
  static let nginxProxyManager: LogFormat = {
    let rest =
      #"$status - $request_method $scheme $host "$request_uri" [Client $remote_addr] [Length $body_bytes_sent] [Gzip $ratio]"#
    let end = #" "$http_user_agent" "$http_referer""#
    let name = "nginx_proxy_manager"
    var format = text(name, "[$time_local] $cache $upstream " + rest + " [Sent-to $server]" + end)
    format.others = [
      text(name, "[$time_local] " + rest + end),
      text(name, "[$time_local] $cache $first, $second " + rest + " [Sent-to $server]" + end),
    ]
    return format
  }()

  /// Bunny's logs: the URL is absolute, and there is no method. Source: Bunny, "CDN Logging".
  static let bunny = text(
    "bunny",
    "$cache|$status|$msec|$bytes_sent|$zone|$remote_addr|$http_referer|$request_uri|$edge|$http_user_agent|$id|$country"
  )

  /// Squid's native log, and Traffic Server's `squid`: the duration is padded with blanks. Source: squid 5.7,
  /// squid.conf.documented; Traffic Server 9.2.
  static let squid: LogFormat = {
    var format = compiled(
      "squid",
      [
        .field(.time(.standard), rank: 1), .blank, .unused, .blank, .field(.address, rank: 1), .blank,
        .field(.resultAndStatus, rank: 1), .blank, .field(.size, rank: 1), .blank, .field(.method, rank: 1), .blank,
        .field(.target, rank: 1), .blank, .field(.user, rank: 1), .blank, .unused, .blank, .unused,
      ])
    format.joinsBlanks = true
    return format
  }()

  /// granian's log. Source: granian 2.8.7.
  static let granian = text("granian", #"[$time_iso8601] $remote_addr - "$request" $status $duration"#)

  /// uvicorn's log, which has no time and takes its envelope's. Source: uvicorn 0.54, `AccessFormatter`.
  static let uvicorn: LogFormat = {
    var format = compiled("uvicorn", [.literal("INFO:     ")] + uvicornParts)
    format.others = [compiled("uvicorn", uvicornParts)]
    return format
  }()

  private static let uvicornParts: [FormatPart] = [
    .envelopeTime, .field(.address, rank: 1), .literal(" - \""), .field(.request, rank: 1), .literal("\" "),
    .field(.status, rank: 1), .blank, .unused,
  ]

  /// morgan's `short`, which has no time and takes its envelope's. Source: morgan 1.10.
  static let morganShort = compiled(
    "morgan_short",
    [
      .envelopeTime, .field(.address, rank: 1), .blank, .field(.user, rank: 1), .blank, .field(.method, rank: 1),
      .blank,
      .field(.target, rank: 1), .literal(" HTTP/"), .unused, .blank, .field(.status, rank: 1), .blank,
      .field(.size, rank: 1), .literal(" - "), .unused,
    ])

  /// tornado's log. Source: tornado 6.6.1, `LogFormatter`.
  static let tornado = compiled(
    "tornado",
    [
      .literal("["), .unused, .blank, .pattern("%y%m%d %H:%M:%S"), .blank, .unused, .literal("] "),
      .field(.status, rank: 1), .blank, .field(.method, rank: 1), .blank, .field(.target, rank: 1), .literal(" ("),
      .field(.address, rank: 1), .literal(") "), .unused,
    ], pattern: "%y%m%d %H:%M:%S")

  /// uWSGI's default log. Source: uWSGI 2.0.31, logging.c.
  static let uwsgi = compiled(
    "uwsgi",
    [
      .literal("[pid: "), .unused, .literal("] "), .field(.address, rank: 1), .literal(" ("), .field(.user, rank: 1),
      .literal(") {"), .unused, .literal("} ["), .pattern("%a %b %e %H:%M:%S %Y"), .literal("] "),
      .field(.method, rank: 1), .blank, .field(.target, rank: 1), .literal(" => generated "), .field(.size, rank: 1),
      .literal(" bytes in "), .unused, .literal(" (HTTP/"), .unused, .blank, .field(.status, rank: 1), .literal(") "),
      .unused,
    ], pattern: "%a %b %e %H:%M:%S %Y")

  /// sanic's log. Source: sanic 25.12.1.
  static let sanic = compiled(
    "sanic",
    [
      .unused, .literal("|"), .field(.time(.standard), rank: 1), .literal(" INFO: "), .field(.address, rank: 1), .blank,
      .field(.method, rank: 1), .blank, .field(.target, rank: 1), .blank, .field(.status, rank: 1), .blank,
      .field(.size, rank: 1), .blank, .unused,
    ])

  /// Compiles a format whose text could be an nginx `log_format`.
  private static func text(_ name: String, _ text: String) -> LogFormat {
    do throws(FormatError) {
      return try NginxFormat.compile(text, name: name)
    } catch {
      preconditionFailure("the preset \(name): \(error)")
    }
  }

  /// Compiles a format from parts.
  ///
  /// - Parameter pattern: the pattern of its time, the only such literal.
  private static func compiled(_ name: String, _ parts: [FormatPart], pattern: String = "") -> LogFormat {
    do throws(FormatError) {
      return try FormatCompiler.compile(parts, name: name, escapes: .server, literals: Array(pattern.utf8))
    } catch {
      preconditionFailure("the preset \(name): \(error)")
    }
  }
}

extension FormatPart {
  fileprivate static let unused = FormatPart.field(.unused, rank: 0)
  fileprivate static let blank = FormatPart.literal([Byte.space])

  fileprivate static func literal(_ text: String) -> FormatPart { .literal(Array(text.utf8)) }

  /// Returns a time whose pattern is at the start of the format's literals.
  fileprivate static func pattern(_ text: String) -> FormatPart {
    .field(.time(.pattern(LogFormat.Literal(start: 0, count: Int32(text.utf8.count)))), rank: 1)
  }
}

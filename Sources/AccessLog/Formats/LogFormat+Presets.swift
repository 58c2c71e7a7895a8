// The formats known by name. docs/formats.md describes them for users.
extension LogFormat {
  /// Apache's `common`: `%h %l %u %t "%r" %>s %b`.
  public static let common = LogFormat(name: "common", steps: [.common, .end])
  /// nginx's and Apache's `combined`: common with referrer and user agent.
  public static let combined = LogFormat(name: "combined", steps: [.common, .referrerAndAgent])
  /// Combined with forwarded addresses after the user agent: nginx's usual `main`.
  public static let combinedForwarded = LogFormat(
    name: "combined_forwarded", steps: [.common, .referrerAndAgent, .forwarded])
  /// Common with the virtual host in front.
  public static let vhostCommon = LogFormat(name: "vhost_common", steps: [.host, .common, .end])
  /// Debian's Apache `vhost_combined`: `%v:%p` before combined.
  public static let vhostCombined = LogFormat(
    name: "vhost_combined", steps: [.host, .common, .referrerAndAgent])
  /// Combined with the virtual host in front and forwarded addresses at the end.
  public static let vhostCombinedForwarded = LogFormat(
    name: "vhost_combined_forwarded", steps: [.host, .common, .referrerAndAgent, .forwarded])
  /// lighttpd's `accesslog.format`: combined with the host in the second column. Source: lighttpd 1.4.69.
  static let lighttpd = LogFormat(name: "lighttpd", steps: [.commonWithHost, .referrerAndAgent, .forwarded])
  /// Squid's `common`, with what Squid did after the size. Source: squid 5.7, squid.conf.documented.
  static let squidCommon: LogFormat = {
    var format = LogFormat(name: "squid_common", steps: [.common])
    format.append(.cacheResult)
    return format
  }()
  /// HAProxy's `option httplog clf`, with captured headers at the end. Source: HAProxy 2.6, `clf_http_log_format`
  /// in log.c.
  static let haproxyCLF: LogFormat = {
    var format = LogFormat(name: "haproxy_clf", steps: [.common], escapes: .hash)
    format.append(.literal(format.literal("\"\" \"\" ".utf8)))
    // Port, milliseconds, frontend, backend, server, five timers, termination, seven counters and two cookies.
    for _ in 0..<20 { format.append(.column(.unused)) }
    format.append(.quotedCaptures)
    return format
  }()
  /// Traefik's common log format: combined, followed by the router, the server and the duration.
  public static let traefikCLF = LogFormat(name: "traefik_clf", steps: combined.steps)

  /// JSON with the usual keys, in any order.
  static let json = keyed("json", .object, .json, KeyNames.json)
  /// Caddy's access log: the old form with `remote_addr` and the new one with `remote_ip` and `client_ip`.
  static let caddy = keyed("caddy", .object, .json, KeyNames.caddy)
  /// Traefik's access log in JSON.
  static let traefik = keyed("traefik", .object, .json, KeyNames.traefik)
  /// Labelled values with the labels that ltsv.org recommends, and other usual ones.
  static let ltsv = keyed("ltsv", .labels, .server, KeyNames.ltsv)

  /// Names and values separated by blanks, with the usual names, in any order. Source: Go's log/slog, `TextHandler`,
  /// and logrus, `TextFormatter`: a value is quoted as in Go if it has blanks, quotes or equals signs.
  static let logfmt: LogFormat = {
    var format = keyed("logfmt", .pairs, .json, [])
    format.keys = json.keys
    return format
  }()

  /// Envoy's and Istio's access logs in JSON.
  static let envoyJSON = keyed("envoy_json", .object, .json, KeyNames.envoy)
  /// CloudFront's newer logs in JSON.
  static let cloudFrontJSON = keyed("cloudfront_json", .object, .jsonPercent, KeyNames.cloudFront)
  /// Requests in Google Cloud's log entries.
  static let googleCloud = keyed("google_cloud", .object, .json, KeyNames.googleCloud)
  /// Azure Front Door and Application Gateway.
  static let azure = keyed("azure", .object, .json, KeyNames.azure)
  /// Vercel's log drains.
  static let vercel = keyed("vercel", .object, .json, KeyNames.vercel)
  /// Heroku's router, with or without a syslog envelope.
  static let heroku: LogFormat = {
    var format = keyed("heroku", .pairs, .none, KeyNames.heroku)
    format.envelopes = [.syslog]
    format.envelopesAreOptional = true
    return format
  }()
  /// JSON that contains a line of another format: its text is the target, its stream the user, its tag the host.
  static let envelope = keyed("envelope", .envelope, .json, KeyNames.envelope)

  /// Collect requests, one JSON object per line. Only the name is used: ``LineParser`` does not read such files.
  public static let requests = LogFormat(name: "requests", steps: [])

  /// W3C extended logs, of IIS and others: a `#Fields:` line names the columns.
  static let w3c = headerDriven("w3c")
  /// The same format under the name of the server.
  static let iis = headerDriven("iis")
  /// CloudFront's standard logs, which are W3C extended logs with tabs.
  static let cloudFront = headerDriven("cloudfront")

  /// AWS application load balancer. Source: AWS, "Access logs for your Application Load Balancer".
  static let alb = columns(
    "alb",
    [
      .unused, .time(.standard), .unused, .address, .unused, .unused, .unused, .unused, .status, .unused, .unused,
      .size, .absoluteRequest, .userAgent,
    ])
  /// Classic AWS load balancer. Source: AWS, "Access logs for your Classic Load Balancer".
  static let elb = columns(
    "elb",
    [
      .time(.standard), .unused, .address, .unused, .unused, .unused, .unused, .status, .unused, .unused, .size,
      .absoluteRequest, .userAgent,
    ])
  /// Amazon S3's server access log. The bucket is the host, as it is for sites served from buckets. Source: AWS,
  /// "Amazon S3 server access log format".
  static let s3 = columns(
    "s3",
    [
      .unused, .host, .time(.standard), .address, .user, .unused, .unused, .unused, .request, .status, .unused, .size,
      .unused, .unused, .unused, .referrer, .userAgent,
    ])
  /// HAProxy's `option httplog`, with or without a syslog envelope. Source: HAProxy's configuration manual, section
  /// 8.2.3.
  static let haproxy: LogFormat = {
    let fields: [LogField] = [
      .address, .time(.standard), .unused, .unused, .unused, .status, .size, .unused, .unused, .unused, .unused,
      .unused,
    ]
    var format = columns("haproxy", fields)
    format.append(.captures)
    format.append(.column(.request))
    format.escapes = .hash
    format.envelopes = [.syslog]
    format.envelopesAreOptional = true
    return format
  }()

  private static func keyed(_ name: String, _ step: ConfiguredStep, _ escapes: Escapes, _ keys: [KeyNames.Key])
    -> LogFormat
  {
    var format = LogFormat(name: name, steps: [], escapes: escapes)
    format.append(step)
    format.keys.add(keys)
    return format
  }

  private static func headerDriven(_ name: String) -> LogFormat {
    // Lines have no columns before the header.
    var format = LogFormat(name: name, steps: [.end], escapes: .plus)
    format.isHeaderDriven = true
    return format
  }

  private static func columns(_ name: String, _ fields: [LogField]) -> LogFormat {
    var format = LogFormat(name: name, steps: [])
    format.setColumns(fields)
    return format
  }
}

/// The formats that can be named on the command line.
public enum FormatCatalog {
  /// What kind of program writes a format.
  public enum Family: String, CaseIterable, Sendable {
    case servers = "Web servers"
    case proxies = "Proxies and load balancers"
    case clouds = "Clouds and CDNs"
    case applications = "Application servers"
    case general = "General formats"
  }

  /// A format and its description.
  public struct Entry: Sendable {
    /// The format.
    public let format: LogFormat
    /// What kind of program writes it.
    public let family: Family
    /// The programs that write it, in a few words.
    public let summary: String
    /// A sample line, preceded by its header if it has one.
    public let example: String
    /// Whether it is tried if no format is named. The others read the same as another format.
    let isDetected: Bool

    fileprivate init(
      _ format: LogFormat, _ family: Family, _ summary: String, _ example: String, isDetected: Bool = true
    ) {
      self.format = format
      self.family = family
      self.summary = summary
      self.example = example
      self.isDetected = isDetected
    }
  }

  /// All formats known by name, the likelier ones first.
  public static let entries: [Entry] = servers + proxies + clouds + applications + general

  private static let servers: [Entry] = [
    Entry(.combined, .servers, "nginx and Apache: common with referrer and user agent", clf + agent, isDetected: false),
    Entry(
      .combinedForwarded, .servers, "combined followed by X-Forwarded-For: nginx's usual main",
      clf + agent + " \"198.51.100.9\""),
    Entry(
      .vhostCombined, .servers, "Apache: host and port before combined", "example.com:443 " + clf + agent,
      isDetected: false),
    Entry(
      .vhostCombinedForwarded, .servers, "host, combined and X-Forwarded-For",
      "example.com:443 " + clf + agent + " \"198.51.100.9\""),
    Entry(.common, .servers, "Apache and many others: without referrer or user agent", clf),
    Entry(.vhostCommon, .servers, "host and port before common", "example.com:443 " + clf, isDetected: false),
    Entry(
      .lighttpd, .servers, "lighttpd: combined with the host after the client",
      "192.0.2.1 example.com - " + clf.dropFirst(14) + agent),
    Entry(
      .caddy, .servers, "Caddy 2: JSON, with old or new keys",
      #"{"level":"info","ts":1728568536.5,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"192.0.2.1","client_ip":"192.0.2.1","method":"GET","host":"example.com","uri":"/page","headers":{"User-Agent":["Mozilla/5.0"],"Referer":["https://example.org/"]}},"size":2326,"status":200}"#
    ),
    Entry(
      .w3c, .servers, "W3C extended: a #Fields: line names the columns",
      "#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status sc-bytes cs(Referer) cs(User-Agent)\n2024-10-10 13:55:36 192.0.2.1 GET /page - 200 2326 https://example.org/ Mozilla/5.0"
    ),
    Entry(
      .iis, .servers, "Microsoft IIS: the same as w3c",
      "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n2024-10-10 13:55:36 198.51.100.7 GET /page - 443 - 192.0.2.1 Mozilla/5.0+(X11;+Linux) https://example.org/ 200 0 0 15",
      isDetected: false),
  ]

  private static let proxies: [Entry] = [
    Entry(
      .haproxy, .proxies, "HAProxy: option httplog, with or without syslog",
      "Oct 10 13:55:36 lb haproxy[9]: 192.0.2.1:50000 [10/Oct/2024:13:55:36.000] web~ app/one 0/0/1/2/3 200 2326 - - ---- 1/1/0/0/0 0/0 {example.com|Mozilla/5.0 (X11)|https://example.org/} \"GET /page HTTP/1.1\""
    ),
    Entry(
      .haproxyCLF, .proxies, "HAProxy: option httplog clf",
      clf
        + " \"\" \"\" 50000 924 \"web\" \"app\" \"one\" 0 0 1 2 3 ---- 1 1 0 0 0 0 0 \"\" \"\" \"example.com\" \"Mozilla/5.0 (X11)\""
    ),
    Entry(
      .traefik, .proxies, "Traefik: JSON",
      #"{"ClientHost":"192.0.2.1","DownstreamContentSize":2326,"DownstreamStatus":200,"RequestHost":"example.com","RequestMethod":"GET","RequestPath":"/page","StartUTC":"2024-10-10T13:55:36.5Z","request_Referer":"https://example.org/","request_User-Agent":"Mozilla/5.0"}"#
    ),
    Entry(
      .traefikCLF, .proxies, "Traefik's common log format: read as combined",
      clf + agent + " 1 \"web@docker\" \"http://10.0.0.9:80\" 3ms", isDetected: false),
    Entry(
      .nginxProxyManager, .proxies, "nginx Proxy Manager: proxied and other hosts",
      "[10/Oct/2024:13:55:36 +0000] - 200 200 - GET https example.com \"/page\" [Client 192.0.2.1] [Length 2326] [Gzip -] [Sent-to 10.0.0.9] \"Mozilla/5.0\" \"https://example.org/\""
    ),
    Entry(
      alias("nginx_ingress", of: .combined), .proxies, "Kubernetes' ingress-nginx: read as combined",
      clf + agent + " 89 0.001 [default-web-80] [] 10.0.0.9:8080 2326 0.001 200 529a0079", isDetected: false),
    Entry(
      .envoy, .proxies, "Envoy's default text",
      "[2024-10-10T13:55:36.500Z] \"GET /page HTTP/1.1\" 200 - 0 2326 3 2 \"192.0.2.1\" \"Mozilla/5.0\" \"cc21d9b0\" \"example.com\" \"10.0.0.9:80\""
    ),
    Entry(
      .istio, .proxies, "Istio's default text",
      "[2024-10-10T13:55:36.500Z] \"GET /page HTTP/1.1\" 200 - via_upstream - \"-\" 0 2326 3 2 \"192.0.2.1\" \"Mozilla/5.0\" \"cc21d9b0\" \"example.com\" \"10.0.0.9:80\" inbound|80|| 127.0.0.6:4 10.0.0.9:80 10.2.0.1:0 - default"
    ),
    Entry(
      .envoyJSON, .proxies, "Envoy and Istio: JSON",
      #"{"start_time":"2024-10-10T13:55:36.500Z","method":"GET","path":"/page","authority":"example.com","response_code":200,"bytes_sent":2326,"downstream_remote_address":"10.2.0.1:0","x_forwarded_for":"192.0.2.1","user_agent":"Mozilla/5.0"}"#
    ),
    Entry(
      .squid, .proxies, "Squid's own format, and Traffic Server's squid",
      "1728568536.500      5 192.0.2.1 TCP_MISS/200 2326 GET http://example.com/page - FIRSTUP_PARENT/10.0.0.9 text/html"
    ),
    Entry(
      .squidCommon, .proxies, "Squid: common followed by what Squid did", clf + " TCP_MISS:FIRSTUP_PARENT"),
    Entry(
      alias("varnishncsa", of: .combined), .proxies, "Varnish: combined, with the host in the URL",
      clf.replacing("GET /page", with: "GET http://example.com/page") + agent, isDetected: false),
  ]

  private static let clouds: [Entry] = [
    Entry(
      .alb, .clouds, "AWS application load balancer",
      "https 2024-10-10T13:55:36.000000Z app/lb/50dc6c 192.0.2.1:50000 10.0.0.9:80 0.000 0.001 0.000 200 200 34 2326 \"GET https://example.com:443/page HTTP/1.1\" \"Mozilla/5.0\" TLS_AES_128_GCM_SHA256 TLSv1.3 - - \"example.com\" \"-\" 1 2024-10-10T13:55:36.000000Z \"forward\""
    ),
    Entry(
      .elb, .clouds, "AWS classic load balancer",
      "2024-10-10T13:55:36.000000Z lb 192.0.2.1:50000 10.0.0.9:80 0.00004 0.001 0.00002 200 200 0 2326 \"GET https://example.com:443/page HTTP/1.1\" \"Mozilla/5.0\" - -"
    ),
    Entry(
      .s3, .clouds, "Amazon S3",
      "79a59df900b949e5 example.com [10/Oct/2024:13:55:36 +0000] 192.0.2.1 - 3E57427F3 WEBSITE.GET.OBJECT page \"GET /page HTTP/1.1\" 200 - 2326 2326 7 6 \"https://example.org/\" \"Mozilla/5.0\" -"
    ),
    Entry(
      .cloudFront, .clouds, "AWS CloudFront: the same as w3c, separated by tabs",
      "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query\n2024-10-10\t13:55:36\tFRA53\t2326\t192.0.2.1\tGET\texample.com\t/page\t200\thttps://example.org/\tMozilla/5.0%20(X11;%20Linux)\t-",
      isDetected: false),
    Entry(
      .cloudFrontJSON, .clouds, "AWS CloudFront, standard logging v2: JSON",
      #"{"date":"2024-10-10","time":"13:55:36","x-edge-location":"FRA53","sc-bytes":"2326","c-ip":"192.0.2.1","cs-method":"GET","cs(Host)":"example.com","cs-uri-stem":"/page","sc-status":"200","cs(Referer)":"https://example.org/","cs(User-Agent)":"Mozilla/5.0%20(X11;%20Linux)","cs-uri-query":"-"}"#
    ),
    Entry(
      .googleCloud, .clouds, "Google Cloud: requests of load balancers, Cloud CDN, Cloud Run",
      #"{"httpRequest":{"requestMethod":"GET","requestUrl":"https://example.com/page","status":200,"responseSize":"2326","userAgent":"Mozilla/5.0","remoteIp":"192.0.2.1","referer":"https://example.org/"},"timestamp":"2024-10-10T13:55:36.500Z"}"#
    ),
    Entry(
      .azure, .clouds, "Azure Front Door and Application Gateway",
      #"{"time":"2024-10-10T13:55:36.5000000Z","category":"FrontDoorAccessLog","properties":{"httpMethod":"GET","requestUri":"https://example.com:443/page","responseBytes":"2326","userAgent":"Mozilla/5.0","clientIp":"192.0.2.1","httpStatusCode":"200","referer":"https://example.org/"}}"#
    ),
    Entry(
      .vercel, .clouds, "Vercel's log drains",
      #"{"id":"1","source":"static","host":"example.com","timestamp":1728568536500,"proxy":{"timestamp":1728568536500,"method":"GET","host":"example.com","path":"/page","userAgent":["Mozilla/5.0"],"referer":"https://example.org/","statusCode":200,"clientIp":"192.0.2.1"}}"#
    ),
    Entry(
      alias("fastly", of: .json), .clouds, "Fastly's usual JSON: read as json",
      #"{"timestamp":"2024-10-10T13:55:36+0000","client_ip":"192.0.2.1","host":"example.com","url":"/page","request_method":"GET","request_referer":"https://example.org/","request_user_agent":"Mozilla/5.0","response_status":200,"response_body_size":2326}"#,
      isDetected: false),
    Entry(
      .bunny, .clouds, "Bunny",
      "HIT|200|1728568536500|2326|390|192.0.2.1|https://example.org/|https://example.com/page|FRA|Mozilla/5.0|322b688b|DE"
    ),
    Entry(
      .heroku, .clouds, "Heroku's router",
      "2024-10-10T13:55:36.500000+00:00 heroku[router]: at=info method=GET path=\"/page\" host=example.com request_id=876690a3 fwd=\"192.0.2.1\" dyno=web.1 connect=2ms service=6ms status=200 bytes=2326 protocol=https"
    ),
  ]

  private static let applications: [Entry] = [
    Entry(alias("gunicorn", of: .combined), .applications, "gunicorn: combined", clf + agent, isDetected: false),
    Entry(
      .uvicorn, .applications,
      "uvicorn: has no time of its own and takes its envelope's (docker logs -t, syslog, …)",
      "INFO:     192.0.2.1:50000 - \"GET /page HTTP/1.1\" 200 OK"),
    Entry(
      .granian, .applications, "granian",
      "[2024-10-10 13:55:36 +0000] 192.0.2.1 - \"GET /page HTTP/1.1\" 200 0.156"),
    Entry(
      alias("hypercorn", of: .combined.behind(.stamp)), .applications,
      "hypercorn: combined after time, process and level",
      "[2024-10-10 13:55:36 +0000] [9] [INFO] "
        + clf.replacing("HTTP/1.1", with: "1.1").replacing("192.0.2.1", with: "192.0.2.1:50000") + agent,
      isDetected: false),
    Entry(
      alias("daphne", of: .common), .applications, "daphne: common without zone or protocol",
      "192.0.2.1:50000 - - [10/Oct/2024:13:55:36] \"GET /page\" 200 2326", isDetected: false),
    Entry(
      alias("werkzeug", of: .common), .applications, "Werkzeug (Flask) and Python's http.server: common without a zone",
      "192.0.2.1 - - [10/Oct/2024 13:55:36] \"GET /page HTTP/1.1\" 200 -", isDetected: false),
    Entry(
      alias("gevent", of: .common), .applications, "gevent: common with an ISO time and a duration",
      "192.0.2.1 - - [2024-10-10 13:55:36] \"GET /page HTTP/1.1\" 200 2326 0.000184", isDetected: false),
    Entry(
      alias("cherrypy", of: .combined), .applications, "CherryPy: combined without a zone",
      clf.replacing(" +0000]", with: "]") + agent, isDetected: false),
    Entry(
      alias("aiohttp", of: .combined), .applications, "aiohttp: combined without identity or user",
      clf.replacing(" - -", with: "") + agent, isDetected: false),
    Entry(
      alias("twisted", of: .combined.behind(.stamp)), .applications,
      "twistd web: combined after Twisted's time and logger",
      "2024-10-10T13:55:36+0000 [twisted.python.log#info] "
        + clf.replacing("192.0.2.1", with: "\"192.0.2.1\"") + agent, isDetected: false),
    Entry(
      .tornado, .applications, "tornado", "[I 241010 13:55:36 web:2591] 200 GET /page (192.0.2.1) 1.02ms"),
    Entry(
      .uwsgi, .applications, "uWSGI",
      "[pid: 9|app: 0|req: 1/1] 192.0.2.1 () {26 vars in 410 bytes} [Thu Oct 10 13:55:36 2024] GET /page => generated 2326 bytes in 3 msecs (HTTP/1.1 200) 2 headers in 64 bytes (1 switches on core 0)"
    ),
    Entry(
      .sanic, .applications, "sanic",
      "Main |2024-10-10 13:55:36 +0000 INFO: 192.0.2.1:50000 GET http://example.com/page 200 2326  0.2ms"),
    Entry(
      alias("rack", of: .common), .applications, "Rack and puma: common with a duration",
      clf + " 0.0002", isDetected: false),
    Entry(
      .morganShort, .applications, "Express: morgan's short; has no time of its own and takes its envelope's",
      "192.0.2.1 - GET /page HTTP/1.1 200 2326 - 0.565 ms"),
    Entry(
      alias("tomcat", of: .combined), .applications, "Tomcat: common or combined, and anything after it", clf + agent,
      isDetected: false),
    Entry(
      alias("jetty", of: .combined), .applications, "Jetty: NCSA and extended NCSA", clf + agent, isDetected: false),
  ]

  private static let general: [Entry] = [
    Entry(
      .json, .general, "nginx and others: JSON with the usual keys, or json:FIELD=KEY,…",
      #"{"time_iso8601":"2024-10-10T13:55:36+00:00","remote_addr":"192.0.2.1","request_method":"GET","request_uri":"/page","status":200,"body_bytes_sent":2326,"http_referer":"https://example.org/","http_user_agent":"Mozilla/5.0"}"#
    ),
    Entry(
      alias("matomo_json", of: .json), .general, "Matomo's format for nginx: read as json",
      #"{"ip": "192.0.2.1","host": "example.com","path": "/page","status": "200","referrer": "https://example.org/","user_agent": "Mozilla/5.0","length": 2326,"generation_time_milli": 0.008,"date": "2024-10-10T13:55:36+00:00"}"#,
      isDetected: false),
    Entry(
      .ltsv, .general, "labelled values separated by tabs, or ltsv:FIELD=LABEL,…",
      "time:10/Oct/2024:13:55:36 +0000\thost:192.0.2.1\tvhost:example.com\treq:GET /page HTTP/1.1\tstatus:200\tsize:2326\treferer:https://example.org/\tua:Mozilla/5.0"
    ),
    Entry(
      .logfmt, .general, "names and values separated by blanks, or logfmt:FIELD=NAME,…",
      "time=2024-10-10T13:55:36Z level=INFO msg=request method=GET path=/page status=200 bytes=2326 remote_addr=192.0.2.1 referer=https://example.org/ user_agent=Mozilla/5.0"
    ),
  ]

  /// Returns a format under the name of a program whose lines it reads.
  private static func alias(_ name: String, of format: LogFormat) -> LogFormat {
    var format = format
    format.name = name
    return format
  }

  /// The names of all formats.
  public static let names = entries.map(\.format.name)

  /// The formats that are tried if none is named. Those with forwarded addresses also read lines without them, and
  /// take the plain name if a log has none.
  static let detected: [LogFormat] = entries.filter(\.isDetected).map(\.format)

  private static let clf = "192.0.2.1 - - [10/Oct/2024:13:55:36 +0000] \"GET /page HTTP/1.1\" 200 2326"
  private static let agent = " \"https://example.org/\" \"Mozilla/5.0\""
}

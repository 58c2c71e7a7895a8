/// The formats that can be named on the command line.
public enum FormatCatalog {
  /// A format with what is to be known of it.
  public struct Entry: Sendable {
    /// The format.
    public let format: LogFormat
    /// Who writes it, in a few words.
    public let summary: String
    /// A line of it, preceded by its header where it has one.
    public let example: String
    /// Whether it is looked for where no format is named; others read as another one does.
    let isDetected: Bool
  }

  /// All formats known by name, the likelier ones first.
  public static let entries: [Entry] = [
    Entry(.combined, "nginx and Apache: common with referrer and user agent", clf + agent),
    Entry(
      .combinedForwarded, "combined with X-Forwarded-For after it: nginx's usual main",
      "198.51.100.7 - - [10/Oct/2024:13:55:36 +0000] \"GET /page HTTP/1.1\" 200 2326" + agent + " \"192.0.2.1\""),
    Entry(.vhostCombined, "Apache: host and port before combined", "example.com:443 " + clf + agent),
    Entry(.common, "Apache and many others, without referrer and user agent", clf),
    Entry(.vhostCommon, "host and port before common", "example.com:443 " + clf),
    Entry(
      .traefikCLF, "Traefik's common log format",
      clf + agent + " 1 \"web@docker\" \"http://10.0.0.9:80\" 3ms", isDetected: false),
    Entry(
      .json, "nginx and others: JSON with the usual keys, or json:FIELD=KEY,…",
      #"{"time_iso8601":"2024-10-10T13:55:36+00:00","remote_addr":"192.0.2.1","request_method":"GET","request_uri":"/page","status":200,"body_bytes_sent":2326,"http_referer":"https://example.org/","http_user_agent":"Mozilla/5.0"}"#
    ),
    Entry(
      .caddy, "Caddy 2, old and new",
      #"{"level":"info","ts":1728568536.5,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"192.0.2.1","client_ip":"192.0.2.1","method":"GET","host":"example.com","uri":"/page","headers":{"User-Agent":["Mozilla/5.0"],"Referer":["https://example.org/"]}},"size":2326,"status":200}"#
    ),
    Entry(
      .traefik, "Traefik: JSON",
      #"{"ClientHost":"192.0.2.1","DownstreamContentSize":2326,"DownstreamStatus":200,"RequestHost":"example.com","RequestMethod":"GET","RequestPath":"/page","StartUTC":"2024-10-10T13:55:36.5Z","request_Referer":"https://example.org/","request_User-Agent":"Mozilla/5.0"}"#
    ),
    Entry(
      .ltsv, "labelled values parted by tabs, or ltsv:FIELD=LABEL,…",
      "time:10/Oct/2024:13:55:36 +0000\thost:192.0.2.1\tvhost:example.com\treq:GET /page HTTP/1.1\tstatus:200\tsize:2326\treferer:https://example.org/\tua:Mozilla/5.0"
    ),
    Entry(
      .w3c, "W3C extended: a line #Fields: tells the columns",
      "#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status sc-bytes cs(Referer) cs(User-Agent)\n2024-10-10 13:55:36 192.0.2.1 GET /page - 200 2326 https://example.org/ Mozilla/5.0"
    ),
    Entry(
      .iis, "Microsoft IIS: the same as w3c",
      "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n2024-10-10 13:55:36 198.51.100.7 GET /page - 443 - 192.0.2.1 Mozilla/5.0+(X11;+Linux) https://example.org/ 200 0 0 15",
      isDetected: false),
    Entry(
      .cloudFront, "AWS CloudFront: the same as w3c, parted by tabs",
      "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query\n2024-10-10\t13:55:36\tFRA53\t2326\t192.0.2.1\tGET\texample.com\t/page\t200\thttps://example.org/\tMozilla/5.0%20(X11;%20Linux)\t-",
      isDetected: false),
    Entry(
      .alb, "AWS application load balancer",
      "https 2024-10-10T13:55:36.000000Z app/lb/50dc6c 192.0.2.1:50000 10.0.0.9:80 0.000 0.001 0.000 200 200 34 2326 \"GET https://example.com:443/page HTTP/1.1\" \"Mozilla/5.0\" TLS_AES_128_GCM_SHA256 TLSv1.3 - - \"example.com\" \"-\" 1 2024-10-10T13:55:36.000000Z \"forward\""
    ),
    Entry(
      .elb, "AWS classic load balancer",
      "2024-10-10T13:55:36.000000Z lb 192.0.2.1:50000 10.0.0.9:80 0.00004 0.001 0.00002 200 200 0 2326 \"GET https://example.com:443/page HTTP/1.1\" \"Mozilla/5.0\" - -"
    ),
    Entry(
      .s3, "Amazon S3",
      "79a59df900b949e5 example.com [10/Oct/2024:13:55:36 +0000] 192.0.2.1 - 3E57427F3 WEBSITE.GET.OBJECT page \"GET /page HTTP/1.1\" 200 - 2326 2326 7 6 \"https://example.org/\" \"Mozilla/5.0\" -"
    ),
    Entry(
      .haproxy, "HAProxy: option httplog, behind syslog or not",
      "Oct 10 13:55:36 lb haproxy[9]: 192.0.2.1:50000 [10/Oct/2024:13:55:36.000] web~ app/one 0/0/1/2/3 200 2326 - - ---- 1/1/0/0/0 0/0 {example.com|Mozilla/5.0 (X11)|https://example.org/} \"GET /page HTTP/1.1\""
    ),
  ]

  /// The names of all formats.
  public static let names = entries.map(\.format.name)

  /// The formats that are looked for where none is named: each as it is and behind syslog.
  static let detected: [LogFormat] = {
    let plain = entries.filter(\.isDetected).map(\.format)
    return plain + plain.filter { !$0.isWrapped && !$0.isHeaderDriven }.map(\.wrapped)
  }()

  private static let clf = "192.0.2.1 - - [10/Oct/2024:13:55:36 +0000] \"GET /page HTTP/1.1\" 200 2326"
  private static let agent = " \"https://example.org/\" \"Mozilla/5.0\""
}

extension FormatCatalog.Entry {
  fileprivate init(_ format: LogFormat, _ summary: String, _ example: String, isDetected: Bool = true) {
    self.init(format: format, summary: summary, example: example, isDetected: isDetected)
  }
}

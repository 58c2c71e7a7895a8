/// The names that servers and operators give to the fields of their lines.
enum KeyNames {
  /// A key and its rank among the keys for the same field; 1 is the best.
  struct Key {
    var path: String
    var field: LogField
    var rank: UInt8
  }

  /// nginx's variables, the Elastic Common Schema 8.17, Cloudflare's and Fastly's logs, Serilog's properties, names of
  /// headers, and common hand-written formats. What is rarer is found by its values: ``UnknownKeys``.
  static let json: [Key] =
    keys(
      .address,
      "remote_addr remote_ip client_ip clientip client client_addr clientIP ClientIP ip source.ip remoteAddr remote remote_address remoteIP client.ip source.address client.address client_address clientAddress clientIp remoteIp RemoteAddr RemoteIpAddress remote_host ipAddress ip_address src_ip source_ip c_ip peer peer_ip visitor_ip"
    )
    + keys(
      .forwarded,
      "http_cf_connecting_ip http_x_real_ip x_real_ip http_true_client_ip http_x_forwarded_for x_forwarded_for xff forwarded_for http_forwarded X-Forwarded-For x-forwarded-for X-Real-IP X-Real-Ip x-real-ip real_ip true_client_ip True-Client-IP cf_connecting_ip CF-Connecting-IP"
    )
    + keys(.host, "http_host host vhost ClientRequestHost server_name virtual_host request_host domain url.domain")
    + keys(
      .time(.standard),
      "time_iso8601 time_local @timestamp timestamp time ts msec date datetime EdgeStartTimestamp request_time_iso8601")
    + keys(.request, "request request_line")
    + keys(
      .method,
      "request_method method http_method ClientRequestMethod http.request.method verb requestMethod req_method httpMethod http_verb"
    )
    + keys(
      .target,
      "request_uri uri ClientRequestURI url path request_path url.original url.path requestUri endpoint ClientRequestPath document_uri"
    )
    + keys(.query, "args query_string query url.query")
    + keys(
      .status,
      "status status_code EdgeResponseStatus http.response.status_code response_status response code statusCode")
    + keys(
      .size,
      "body_bytes_sent bytes_sent body_bytes EdgeResponseBytes http.response.body.bytes size bytes response_size response_body_size length"
    )
    + keys(
      .referrer,
      "http_referer http_referrer referer referrer ClientRequestReferer http.request.referrer request_referer Referer Referrer httpReferer ref"
    )
    + keys(
      .userAgent,
      "http_user_agent user_agent ua agent ClientRequestUserAgent user_agent.original userAgent useragent request_user_agent User-Agent user-agent UserAgent httpUserAgent client_agent browser"
    )
    + keys(.user, "remote_user user") + keys(.optOut, "http_dnt dnt http_sec_gpc sec_gpc")
    + keys(.signatureAgent, "http_signature_agent signature_agent")

  /// Whether a key, or the last of nested ones, is a usual one for the forwarded client.
  static func isForwarded(_ path: String) -> Bool {
    json.contains { $0.field == .forwarded && ($0.path == path || path.hasSuffix("." + $0.path)) }
  }

  /// Source: Caddy's documentation, "log", and its `http.log.access` fields.
  static let caddy: [Key] =
    keys(.address, "request.client_ip request.remote_ip request.remote_addr")
    + keys(
      .forwarded,
      "request.headers.Cf-Connecting-Ip request.headers.X-Real-Ip request.headers.X-Forwarded-For request.headers.Forwarded"
    )
    + keys(.host, "request.host") + keys(.time(.standard), "ts time") + keys(.method, "request.method")
    + keys(.target, "request.uri") + keys(.status, "status") + keys(.size, "size")
    + keys(.referrer, "request.headers.Referer") + keys(.userAgent, "request.headers.User-Agent")
    + keys(.optOut, "request.headers.Sec-Gpc request.headers.Dnt")
    + keys(.signatureAgent, "request.headers.Signature-Agent")

  /// Source: Traefik's documentation, "Access Logs", available fields.
  static let traefik: [Key] =
    keys(.address, "ClientHost ClientAddr")
    + keys(.forwarded, "request_Cf-Connecting-Ip request_X-Real-Ip request_X-Forwarded-For request_Forwarded")
    + keys(.host, "RequestHost RequestAddr") + keys(.time(.standard), "StartUTC StartLocal time")
    + keys(.method, "RequestMethod") + keys(.target, "RequestPath") + keys(.status, "DownstreamStatus OriginStatus")
    + keys(.size, "DownstreamContentSize OriginContentSize") + keys(.referrer, "request_Referer")
    + keys(.userAgent, "request_User-Agent") + keys(.optOut, "request_Sec-Gpc request_Dnt")
    + keys(.signatureAgent, "request_Signature-Agent")

  /// Envoy's and Istio's access logs in JSON. Sources: Istio 1.24, `EnvoyJSONLogFormatIstio`; Envoy 1.40,
  /// `json_format` with the names used in its documentation.
  static let envoy: [Key] =
    keys(.address, "downstream_remote_address downstream_direct_remote_address")
    + keys(.forwarded, "x_forwarded_for x-forwarded-for")
    + keys(.host, "authority :authority") + keys(.time(.standard), "start_time timestamp") + keys(.method, "method")
    + keys(.target, "path x-envoy-origin-path x-envoy-original-path") + keys(.status, "response_code")
    + keys(.size, "bytes_sent") + keys(.referrer, "referer referrer") + keys(.userAgent, "user_agent user-agent")

  /// CloudFront's standard logging v2 in JSON: the names of its columns. Source: AWS, "Standard logging (v2)".
  static let cloudFront: [Key] =
    keys(.address, "c-ip") + keys(.forwarded, "x-forwarded-for")
    + keys(.host, "x-host-header cs(Host) cs-host") + keys(.time(.date), "date") + keys(.time(.clock), "time")
    + keys(.method, "cs-method") + keys(.target, "cs-uri-stem") + keys(.query, "cs-uri-query")
    + keys(.status, "sc-status") + keys(.size, "sc-bytes") + keys(.referrer, "cs(Referer) cs-referer")
    + keys(.userAgent, "cs(User-Agent) cs-user-agent")

  /// Requests in Google Cloud's log entries: load balancers, Cloud CDN, Cloud Run. Source: Google Cloud, "HttpRequest".
  static let googleCloud: [Key] =
    keys(.address, "httpRequest.remoteIp") + keys(.time(.standard), "timestamp")
    + keys(.method, "httpRequest.requestMethod") + keys(.target, "httpRequest.requestUrl")
    + keys(.status, "httpRequest.status") + keys(.size, "httpRequest.responseSize")
    + keys(.referrer, "httpRequest.referer") + keys(.userAgent, "httpRequest.userAgent")

  /// Azure Front Door and Application Gateway. Source: Microsoft, "Access log" of both.
  static let azure: [Key] =
    keys(.address, "properties.clientIp properties.clientIP properties.socketIp")
    + keys(.host, "properties.originalHost properties.hostName properties.host")
    + keys(.time(.standard), "timeStamp time") + keys(.method, "properties.httpMethod")
    + keys(.target, "properties.originalRequestUriWithArgs properties.requestUri")
    + keys(.status, "properties.httpStatusCode properties.httpStatus")
    + keys(.size, "properties.responseBytes properties.sentBytes") + keys(.referrer, "properties.referer")
    + keys(.userAgent, "properties.userAgent")

  /// Vercel's log drains. Source: Vercel, "Log Drains reference", the request's `proxy` object.
  static let vercel: [Key] =
    keys(.address, "proxy.clientIp") + keys(.host, "proxy.host") + keys(.time(.standard), "proxy.timestamp timestamp")
    + keys(.method, "proxy.method") + keys(.target, "proxy.path") + keys(.status, "proxy.statusCode statusCode")
    + keys(.size, "proxy.responseByteSize") + keys(.referrer, "proxy.referer") + keys(.userAgent, "proxy.userAgent")

  /// Heroku's router. Source: Heroku, "HTTP Routing", "Router logs".
  static let heroku: [Key] =
    keys(.forwarded, "fwd") + keys(.host, "host") + keys(.method, "method") + keys(.target, "path")
    + keys(.status, "status") + keys(.size, "bytes")

  /// The line, its time and its stream in JSON that contains a line. Sources: Docker's json-file driver, systemd's
  /// journal, Filebeat and Vector (`message`), Fluent Bit (`log`), Twisted (`log_io`), Loki (`line`), Google Cloud
  /// (`textPayload`).
  static let envelope: [Key] =
    keys(.target, "log MESSAGE message log_io textPayload line")
    + keys(.time(.standard), "time @timestamp __REALTIME_TIMESTAMP timestamp log_time ts date")
    + keys(.user, "stream") + keys(.host, "logtag")

  /// Source: ltsv.org, "Labels for Web server's Log".
  static let ltsv: [Key] =
    keys(.address, "host remote_addr remote_ip client_ip ip remotehost remoteip client clientip src_ip peer")
    + keys(.forwarded, "forwardedfor x_forwarded_for xff forwarded_for http_x_forwarded_for x_real_ip real_ip")
    + keys(.host, "vhost http_host server_name domain")
    + keys(.time(.standard), "time timestamp time_iso8601 time_local msec date")
    + keys(.request, "req request") + keys(.method, "method request_method http_method req_method reqmethod")
    + keys(.target, "uri request_uri path")
    + keys(.query, "query args") + keys(.status, "status status_code")
    + keys(.size, "size body_bytes_sent bytes reqsize")
    + keys(.referrer, "referer referrer http_referer")
    + keys(.userAgent, "ua user_agent http_user_agent agent useragent browser")
    + keys(.user, "user") + keys(.optOut, "dnt sec_gpc")
    + keys(.signatureAgent, "signature_agent")

  private static func keys(_ field: LogField, _ paths: String) -> [Key] {
    paths.split(separator: " ").enumerated().map { index, path in
      Key(path: String(path), field: field, rank: UInt8(min(index + 2, 15)))
    }
  }
}

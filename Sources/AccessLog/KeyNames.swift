/// The names that servers and operators give to the values of their lines.
enum KeyNames {
  /// A key, and how good it is among those for the same field: 1 is the best.
  struct Key {
    var path: String
    var field: LogField
    var rank: UInt8
  }

  /// nginx's variables, the Elastic Common Schema, Cloudflare's and Fastly's logs, and what people write by hand.
  static let json: [Key] =
    keys(
      .address,
      "remote_addr remote_ip client_ip clientip client client_addr clientIP ClientIP ip source.ip remoteAddr remote remote_address"
    )
    + keys(
      .forwarded,
      "http_cf_connecting_ip http_x_real_ip x_real_ip http_true_client_ip http_x_forwarded_for x_forwarded_for xff forwarded_for http_forwarded X-Forwarded-For"
    )
    + keys(.host, "http_host host vhost ClientRequestHost server_name virtual_host request_host domain url.domain")
    + keys(
      .time(.standard),
      "time_iso8601 time_local @timestamp timestamp time ts msec date datetime EdgeStartTimestamp request_time_iso8601")
    + keys(.request, "request request_line")
    + keys(
      .method, "request_method method http_method ClientRequestMethod http.request.method verb requestMethod")
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
      "body_bytes_sent bytes_sent body_bytes EdgeResponseBytes http.response.body.bytes size bytes response_size response_body_size"
    )
    + keys(
      .referrer,
      "http_referer http_referrer referer referrer ClientRequestReferer http.request.referrer request_referer")
    + keys(
      .userAgent,
      "http_user_agent user_agent ua agent ClientRequestUserAgent user_agent.original userAgent useragent request_user_agent"
    )
    + keys(.user, "remote_user user") + keys(.optOut, "http_dnt dnt http_sec_gpc sec_gpc")

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

  /// Source: Traefik's documentation, "Access Logs", available fields.
  static let traefik: [Key] =
    keys(.address, "ClientHost ClientAddr")
    + keys(.forwarded, "request_Cf-Connecting-Ip request_X-Real-Ip request_X-Forwarded-For request_Forwarded")
    + keys(.host, "RequestHost RequestAddr") + keys(.time(.standard), "StartUTC StartLocal time")
    + keys(.method, "RequestMethod") + keys(.target, "RequestPath") + keys(.status, "DownstreamStatus OriginStatus")
    + keys(.size, "DownstreamContentSize OriginContentSize") + keys(.referrer, "request_Referer")
    + keys(.userAgent, "request_User-Agent") + keys(.optOut, "request_Sec-Gpc request_Dnt")

  /// Source: ltsv.org, "Labels for Web server's Log".
  static let ltsv: [Key] =
    keys(.address, "host remote_addr remote_ip client_ip ip remotehost")
    + keys(.forwarded, "forwardedfor x_forwarded_for xff")
    + keys(.host, "vhost http_host server_name domain")
    + keys(.time(.standard), "time timestamp time_iso8601 time_local msec date")
    + keys(.request, "req request") + keys(.method, "method request_method") + keys(.target, "uri request_uri path")
    + keys(.query, "query args") + keys(.status, "status status_code")
    + keys(.size, "size body_bytes_sent bytes reqsize")
    + keys(.referrer, "referer referrer http_referer") + keys(.userAgent, "ua user_agent http_user_agent agent")
    + keys(.user, "user") + keys(.optOut, "dnt sec_gpc")

  private static func keys(_ field: LogField, _ paths: String) -> [Key] {
    paths.split(separator: " ").enumerated().map { index, path in
      Key(path: String(path), field: field, rank: UInt8(min(index + 2, 15)))
    }
  }
}

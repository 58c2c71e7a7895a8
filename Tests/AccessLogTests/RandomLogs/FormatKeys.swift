/// The keys of key–value formats as docs and servers name them, the best one of each field first.
enum FormatKeys {
  static let json: SlowKeys.Keys = [
    ("time", ["time_iso8601", "time_local", "@timestamp", "timestamp", "time", "ts", "msec"]),
    ("address", ["remote_addr", "remote_ip", "client_ip", "ip", "source.ip", "remoteIP"]),
    ("forwarded", ["http_cf_connecting_ip", "http_x_real_ip", "http_x_forwarded_for", "xff", "http_forwarded"]),
    ("host", ["http_host", "host", "server_name", "url.domain"]), ("request", ["request", "request_line"]),
    ("method", ["request_method", "method", "http.request.method"]),
    ("target", ["request_uri", "uri", "path", "url.original", "url.path"]),
    ("query", ["args", "query_string", "url.query"]),
    ("status", ["status", "status_code", "http.response.status_code"]),
    ("size", ["body_bytes_sent", "bytes_sent", "body_bytes", "http.response.body.bytes", "size", "bytes", "length"]),
    ("referrer", ["http_referer", "referer", "referrer", "http.request.referrer"]),
    ("agent", ["http_user_agent", "user_agent", "ua", "user_agent.original"]), ("user", ["remote_user", "user"]),
    ("dnt", ["http_dnt", "dnt", "http_sec_gpc", "sec_gpc"]),
  ]

  static let ltsv: SlowKeys.Keys = [
    ("time", ["time", "timestamp", "time_iso8601", "msec"]), ("address", ["host", "remote_addr", "ip"]),
    ("forwarded", ["forwardedfor", "x_forwarded_for", "xff"]), ("host", ["vhost", "http_host", "domain"]),
    ("request", ["req", "request"]), ("method", ["method", "request_method"]),
    ("target", ["uri", "request_uri", "path"]),
    ("query", ["query", "args"]), ("status", ["status", "status_code"]),
    ("size", ["size", "body_bytes_sent", "bytes"]),
    ("referrer", ["referer", "referrer", "http_referer"]), ("agent", ["ua", "user_agent", "http_user_agent"]),
    ("user", ["user"]), ("dnt", ["dnt", "sec_gpc"]),
  ]

  static let caddy: SlowKeys.Keys = [
    ("time", ["ts", "time"]), ("address", ["request.client_ip", "request.remote_ip", "request.remote_addr"]),
    (
      "forwarded", ["request.headers.Cf-Connecting-Ip", "request.headers.X-Forwarded-For", "request.headers.Forwarded"]
    ),
    ("host", ["request.host"]), ("method", ["request.method"]), ("target", ["request.uri"]), ("status", ["status"]),
    ("size", ["size"]), ("referrer", ["request.headers.Referer"]), ("agent", ["request.headers.User-Agent"]),
    ("dnt", ["request.headers.Sec-Gpc", "request.headers.Dnt"]),
  ]

  static let traefik: SlowKeys.Keys = [
    ("time", ["StartUTC", "StartLocal", "time"]), ("address", ["ClientHost", "ClientAddr"]),
    ("forwarded", ["request_Cf-Connecting-Ip", "request_X-Real-Ip", "request_X-Forwarded-For", "request_Forwarded"]),
    ("host", ["RequestHost", "RequestAddr"]), ("method", ["RequestMethod"]), ("target", ["RequestPath"]),
    ("status", ["DownstreamStatus", "OriginStatus"]), ("size", ["DownstreamContentSize", "OriginContentSize"]),
    ("referrer", ["request_Referer"]), ("agent", ["request_User-Agent"]), ("dnt", ["request_Sec-Gpc", "request_Dnt"]),
  ]

  static let envoy: SlowKeys.Keys = [
    ("time", ["start_time", "timestamp"]),
    ("address", ["downstream_remote_address", "downstream_direct_remote_address"]),
    ("forwarded", ["x_forwarded_for", "x-forwarded-for"]), ("host", ["authority", ":authority"]),
    ("method", ["method"]), ("target", ["path", "x-envoy-origin-path", "x-envoy-original-path"]),
    ("status", ["response_code"]), ("size", ["bytes_sent"]), ("referrer", ["referer", "referrer"]),
    ("agent", ["user_agent", "user-agent"]),
  ]

  static let cloudFront: SlowKeys.Keys = [
    ("date", ["date"]), ("clock", ["time"]), ("address", ["c-ip"]), ("forwarded", ["x-forwarded-for"]),
    ("host", ["x-host-header", "cs(Host)", "cs-host"]), ("method", ["cs-method"]), ("target", ["cs-uri-stem"]),
    ("query", ["cs-uri-query"]), ("status", ["sc-status"]), ("size", ["sc-bytes"]),
    ("referrer", ["cs(Referer)", "cs-referer"]), ("agent", ["cs(User-Agent)", "cs-user-agent"]),
  ]

  static let googleCloud: SlowKeys.Keys = [
    ("time", ["timestamp"]), ("address", ["httpRequest.remoteIp"]), ("method", ["httpRequest.requestMethod"]),
    ("target", ["httpRequest.requestUrl"]), ("status", ["httpRequest.status"]), ("size", ["httpRequest.responseSize"]),
    ("referrer", ["httpRequest.referer"]), ("agent", ["httpRequest.userAgent"]),
  ]

  static let azure: SlowKeys.Keys = [
    ("time", ["timeStamp", "time"]),
    ("address", ["properties.clientIp", "properties.clientIP", "properties.socketIp"]),
    ("host", ["properties.originalHost", "properties.hostName", "properties.host"]),
    ("method", ["properties.httpMethod"]),
    ("target", ["properties.originalRequestUriWithArgs", "properties.requestUri"]),
    ("status", ["properties.httpStatusCode", "properties.httpStatus"]),
    ("size", ["properties.responseBytes", "properties.sentBytes"]), ("referrer", ["properties.referer"]),
    ("agent", ["properties.userAgent"]),
  ]

  static let vercel: SlowKeys.Keys = [
    ("time", ["proxy.timestamp", "timestamp"]), ("address", ["proxy.clientIp"]), ("host", ["proxy.host"]),
    ("method", ["proxy.method"]), ("target", ["proxy.path"]), ("status", ["proxy.statusCode", "statusCode"]),
    ("size", ["proxy.responseByteSize"]), ("referrer", ["proxy.referer"]), ("agent", ["proxy.userAgent"]),
  ]

  static let heroku: SlowKeys.Keys = [
    ("forwarded", ["fwd"]), ("host", ["host"]), ("method", ["method"]), ("target", ["path"]), ("status", ["status"]),
    ("size", ["bytes"]),
  ]

  /// The keys under which JSON envelopes hold lines.
  static let envelope: SlowKeys.Keys = [
    ("target", ["log", "MESSAGE", "message", "log_io", "textPayload", "line"]),
    ("time", ["time", "@timestamp", "__REALTIME_TIMESTAMP", "timestamp", "log_time", "ts", "date"]),
    ("user", ["stream"]),
    ("host", ["logtag"]),
  ]

  /// The keys of formats by name.
  static let named: [String: SlowKeys.Keys] = [
    "json": json, "ltsv": ltsv, "caddy": caddy, "traefik": traefik, "envoy_json": envoy, "cloudfront_json": cloudFront,
    "google_cloud": googleCloud, "azure": azure, "vercel": vercel, "heroku": heroku, "logfmt": json,
  ]

  /// JSON with the operator's own names for time and address, which take precedence over the usual ones.
  static let own: SlowKeys.Keys = json.map { field, paths in
    field == "time" ? (field, ["when"] + paths) : field == "address" ? (field, ["peer.ip"] + paths) : (field, paths)
  }
}

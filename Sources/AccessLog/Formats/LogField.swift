/// A field of a line.
///
/// Whatever the format, the values are stored in the same fields of ``LogLine``.
enum LogField: Equatable, Sendable {
  /// A value that is not used.
  case unused
  /// The host the request was sent to.
  case host
  /// The peer.
  case address
  /// The client as a proxy reports it: `X-Forwarded-For`, `Forwarded`, `X-Real-IP` and similar.
  case forwarded
  /// The name a visitor logged in with.
  case user
  /// An instant or part of one.
  case time(TimeForm)
  /// Method, target and protocol.
  case request
  /// The same with an absolute target, which contains the host.
  case absoluteRequest
  /// The method alone.
  case method
  /// The target alone, with or without its query.
  case target
  /// The query alone, with or without its question mark.
  case query
  /// The status.
  case status
  /// Bytes sent.
  case size
  /// What Squid did, a slash, and the status: `TCP_MISS/200`.
  case resultAndStatus
  /// The referrer.
  case referrer
  /// The user agent.
  case userAgent
  /// `DNT` or `Sec-GPC`: 1 asks not to be tracked.
  case optOut
  /// `Signature-Agent`: the operator of a robot that signs its requests. Source: draft-meunier-http-message-signatures-directory.
  case signatureAgent

  /// The fields by their names in mappings, `json:NAME=KEY`, without those that cannot be mapped.
  static let named: [(name: String, field: LogField)] = [
    ("host", .host), ("address", .address), ("forwarded", .forwarded), ("user", .user), ("time", .time(.standard)),
    ("request", .request), ("method", .method), ("target", .target), ("query", .query), ("status", .status),
    ("size", .size), ("referrer", .referrer), ("agent", .userAgent), ("dnt", .optOut),
    ("signature", .signatureAgent),
  ]
}

/// How a time is written.
enum TimeForm: Equatable, Sendable {
  /// One of the usual forms, distinguished by their first bytes: `10/Oct/2024:13:55:36 +0000`, ISO 8601, or an
  /// epoch in seconds, milli-, micro- or nanoseconds, distinguished by its magnitude.
  case standard
  /// `2024-10-10`, to which a ``clock`` is added.
  case date
  /// `13:55:36`, added to a ``date`` or to the date of the header.
  case clock
  /// A time written with a `strftime` pattern, which is stored among the format's literals.
  case pattern(LogFormat.Literal)
}

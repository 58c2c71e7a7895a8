/// Who sends requests without a user agent, in logs that have a place for it.
public enum MissingAgent: String, CaseIterable, Sendable {
  /// A program: browsers send one.
  case robot
  /// Anybody: the log's user agents were removed, for example.
  case person
}

/// How lines are read: their format, the time zone of their times, and which address is the client's.
public struct ReadingOptions: Sendable {
  /// `auto`, the name of a format, or a format as text.
  public var format = "auto"
  /// Whether files contain collect requests, one JSON object per line, instead of log lines.
  public var readsRequests = false
  /// The path of the nginx configuration that defines the formats.
  public var nginxConfiguration: String?
  /// The path of the Apache configuration that defines the formats.
  public var apacheConfiguration: String?
  /// The IANA time zone of times that name none; nil for UTC.
  public var timeZone: String?
  /// The networks of trusted proxies, such as `203.0.113.0/24`; empty for private networks.
  public var trustedProxies: [String] = []
  /// Who sends requests without a user agent, in logs that have a place for it.
  public var missingAgent = MissingAgent.robot

  /// Creates the defaults: formats are detected, times are in UTC, proxies in private networks are trusted.
  public init() {}
}

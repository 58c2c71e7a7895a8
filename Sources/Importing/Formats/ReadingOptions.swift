/// How lines are to be read: what they look like, when their times are, and whose address is the client's.
public struct ReadingOptions: Sendable {
  /// `auto`, the name of a format, or the text of one.
  public var format = "auto"
  /// Whether files hold collect requests, a JSON object a line, in place of a log's lines.
  public var readsRequests = false
  /// The configuration of nginx that tells the formats.
  public var nginxConfiguration: String?
  /// The configuration of Apache that tells the formats.
  public var apacheConfiguration: String?
  /// The IANA zone of times that name none; nil for UTC.
  public var timeZone: String?
  /// The networks of proxies whose word on the client's address is taken, such as `203.0.113.0/24`; none for private
  /// networks.
  public var trustedProxies: [String] = []

  /// Formats are found out, times are UTC, private networks are proxies.
  public init() {}
}

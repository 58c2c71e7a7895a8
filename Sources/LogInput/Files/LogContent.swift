/// What the first bytes of a file look like.
public enum LogContent: Sendable {
  /// An access log.
  case accessLog
  /// An error log.
  case errorLog
  /// Anything else.
  case other
}

import NIOCore

/// What one caller, and all of them together, can make the server hold or wait for.
enum Limits {
  /// The longest body, in bytes.
  static let body = 16_384
  /// The longest header field, and all of them, in bytes.
  static let headers = 16_384
  /// The most header fields.
  static let headerFields = 64
  /// How long a request may take to come whole.
  static let request = TimeAmount.seconds(10)
  /// How long a connection may wait for its next request.
  static let idle = TimeAmount.seconds(60)
  /// The most connections; others wait to be accepted.
  static let connections = 1_024
  /// The most requests that wait to be kept.
  static let waiting = 4_096
  /// The most requests kept in one transaction.
  static let group = 1_024
}

import NIOCore

/// Limits on the memory and time that one client, and all clients together, can take from the server.
enum Limits {
  /// The maximum size of a body, in bytes.
  static let body = 16_384
  /// The maximum size of a header field, and of all of them together, in bytes.
  static let headers = 16_384
  /// The maximum number of header fields.
  static let headerFields = 64
  /// The time within which a request must arrive completely.
  static let request = TimeAmount.seconds(10)
  /// The time that a connection may wait for its next request.
  static let idle = TimeAmount.seconds(60)
  /// The maximum number of connections; others wait to be accepted.
  static let connections = 1_024
  /// The maximum number of requests that wait to be stored.
  static let waiting = 4_096
  /// The maximum number of requests stored in one transaction.
  static let group = 1_024
}

import ByteScanning

/// Where the fields of one line lie in its chunk.
///
/// An absent field and one logged as `-` is an empty range. Escapes are still in place; ``Unescaping`` takes them out.
public struct LogLine: Equatable, Sendable {
  /// The client's address, or a list of forwarded ones.
  @PackedRange public var address = 0..<0
  /// The client's addresses as proxies tell them, where the format has them beside ``address``.
  @PackedRange public var forwarded = 0..<0
  /// The host the request was sent to.
  @PackedRange public var host = 0..<0
  /// The name a visitor logged in with; read to find the fields after it, never used.
  @PackedRange public var user = 0..<0
  /// Unix seconds.
  public var timestamp: Int64 = 0
  /// The first word of the request.
  @PackedRange public var method = 0..<0
  /// The request without method and protocol.
  @PackedRange public var target = 0..<0
  /// The query, where the format has it apart from the target; without its question mark.
  @PackedRange public var query = 0..<0
  /// The status; -1 where none is logged.
  public var status = -1
  /// Bytes sent; 0 where none are logged.
  public var size: Int64 = 0
  /// Where the visitor came from.
  @PackedRange public var referrer = 0..<0
  /// The user agent.
  @PackedRange public var userAgent = 0..<0
  /// How texts of this line are escaped.
  public var escapes = Escapes.server
  /// Whether the browser sent `DNT: 1` or `Sec-GPC: 1`.
  public var asksNotToBeTracked = false

  /// A line without fields.
  public init() {}
}

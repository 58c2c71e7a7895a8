import ByteScanning

/// Where the fields of one line are in its chunk.
///
/// A missing field and one logged as `-` are empty ranges. Escapes are not decoded yet; see ``Unescaping``.
public struct LogLine: Equatable, Sendable {
  /// The client's address, or a list of forwarded ones.
  @PackedRange public var address = 0..<0
  /// The client's addresses as proxies report them, if the format has them besides ``address``.
  @PackedRange public var forwarded = 0..<0
  /// The host the request was sent to.
  @PackedRange public var host = 0..<0
  /// The name a visitor logged in with. It is read only to find the fields after it, and never used.
  @PackedRange public var user = 0..<0
  /// Unix seconds.
  public var timestamp: Int64 = 0
  /// The first word of the request.
  @PackedRange public var method = 0..<0
  /// The request without method and protocol.
  @PackedRange public var target = 0..<0
  /// The query without its question mark, if the format has it separately from the target.
  @PackedRange public var query = 0..<0
  /// The status; -1 if none is logged.
  public var status = -1
  /// Bytes sent; 0 if none are logged.
  public var size: Int64 = 0
  /// The referrer.
  @PackedRange public var referrer = 0..<0
  /// The user agent.
  @PackedRange public var userAgent = 0..<0
  /// The value of the header `Signature-Agent`, by which robots that sign their requests name themselves.
  @PackedRange public var signatureAgent = 0..<0
  /// Whether the log has a place for the user agent and none was sent. False for logs without such a place.
  public var lacksAgent = false
  /// Whether the log has a place for the referrer. If so, an empty ``referrer`` means that none was sent.
  public var recordsReferrers = false
  /// How the values of this line are escaped.
  public var escapes = Escapes.server
  /// Whether the browser sent `DNT: 1` or `Sec-GPC: 1`.
  public var asksNotToBeTracked = false

  /// Whether the log has a place for the referrer, and none was sent.
  public var lacksReferrer: Bool { recordsReferrers && referrer.isEmpty }

  /// Creates a line without fields.
  public init() {}
}

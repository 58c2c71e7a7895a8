import ByteScanning

/// One request to be counted, read from a log line or sent to the collect API.
///
/// It is the only value that contains an address and a user agent. Code that stores or reports cannot name this
/// type: the modules that write to disk do not depend on this one. All texts are in one buffer, which is reused for
/// the next request, so no line costs an allocation.
public struct CollectRequest: Sendable {
  /// What a request is counted as.
  public enum Kind: UInt8, Sendable {
    /// A page was viewed.
    case pageview
    /// Something with a name happened.
    case event
    /// A page was requested that does not exist. It is kept only for the list of broken links.
    case notFound
  }

  /// A text of the request. The names are those of the collect API's contract.
  public enum Field: Int, CaseIterable, Sendable {
    /// The public id of the site, `gx_…`; empty if the site is known otherwise.
    case trackingID
    /// The host the request was sent to.
    case host
    /// The full address of the page, or the target of a request line.
    case url
    /// The path; empty if it is to be taken from the URL.
    case pathname
    /// The referrer.
    case referrer
    /// The client's address.
    case ip
    /// The client's user agent.
    case userAgent
    /// The campaign's source.
    case utmSource
    /// The campaign's medium.
    case utmMedium
    /// The campaign's name.
    case utmCampaign
    /// The campaign's content.
    case utmContent
    /// The campaign's term.
    case utmTerm
    /// The name of an event.
    case name
    /// The properties of an event.
    case props
  }

  /// What the request is counted as.
  public var kind: Kind = .pageview
  /// When it happened, in Unix seconds.
  public var timestamp: Int64 = 0
  /// Whether the browser sent `DNT: 1` or `Sec-GPC: 1`.
  public var asksNotToBeTracked = false
  /// Whether the log has a place for the referrer, and the request sent none.
  public var lacksReferrer = false
  /// Whether it was answered with 304.
  public var isNotModified = false
  /// The texts of all fields, one after another.
  public private(set) var bytes: [UInt8] = []
  private var ranges = [Range<Int>](repeating: 0..<0, count: Field.allCases.count)

  /// Creates an empty request.
  public init() {}

  /// Removes all fields and keeps the memory.
  public mutating func removeAll() {
    kind = .pageview
    timestamp = 0
    asksNotToBeTracked = false
    lacksReferrer = false
    isNotModified = false
    bytes.removeAll(keepingCapacity: true)
    var ranges = ranges.mutableSpan
    for index in ranges.indices { ranges[index] = 0..<0 }
  }

  /// Returns where the text of a field is in ``bytes``; empty if it was not set.
  public subscript(field: Field) -> Range<Int> {
    ranges[field.rawValue]
  }

  /// Sets a field to what `write` appends to the buffer it is given.
  public mutating func set(_ field: Field, _ write: (inout [UInt8]) -> Void) {
    let start = bytes.count
    write(&bytes)
    ranges[field.rawValue] = start..<bytes.count
  }

  /// Sets a field to a copy of the bytes in `range`.
  public mutating func set(_ field: Field, _ source: Span<UInt8>, _ range: Range<Int>) {
    let start = bytes.count
    ByteCopy.append(source, range, to: &bytes)
    ranges[field.rawValue] = start..<bytes.count
  }
}

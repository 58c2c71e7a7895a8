import ByteScanning

/// The hits of one chunk of a log and the texts they refer to: everything that counting passes on to storing.
///
/// Texts with several parts (client, place, acquisition, event) are joined by ``separator``. No part contains it,
/// because control characters are removed from every value first.
public struct HitBatch: Sendable {
  /// ASCII's unit separator, between the parts of a text.
  public static let separator: UInt8 = 0x1F

  /// Returns the parts of a joined text.
  public static func parts(of text: String) -> [String] {
    text.utf8.split(separator: separator, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Returns parts as a joined text.
  public static func joined(_ parts: some Sequence<String>) -> String {
    parts.joined(separator: String(UnicodeScalar(separator)))
  }

  /// The hits in the order of their lines.
  public var hits: [Hit] = []
  /// For each hit, the index of its line within the chunk.
  public var lines: [Int32] = []
  /// The signals of lines that are not hits, in the order of the lines.
  public var notes: [SignalNote] = []
  /// The visitors of these signals, which refer to them by index.
  public var noted: [VisitorDay] = []
  /// The requests of robots, in the order of their lines.
  public var robotRequests: [RobotRequest] = []
  /// Those of feed readers for feeds.
  public var feedRequests: [FeedRequest] = []
  /// Pathnames.
  public var pages = SymbolTable()
  /// Name, operator, class and identity of robots.
  public var robots = SymbolTable()
  /// Browser, browser version, system, system version, device.
  public var clients = SymbolTable()
  /// Country code, region, city, network.
  public var places = SymbolTable()
  /// Source, channel, referrer, utm source, medium, campaign, content, term.
  public var acquisitions = SymbolTable()
  /// Name, then alternating property names and values; symbol 0 means no event.
  public var events = SymbolTable()

  /// Creates an empty batch.
  public init() {
    _ = events.intern("")
  }

  /// Reserves capacity for hits and signals, so that the arrays do not have to move as they grow.
  public mutating func reserve(hits: Int, notes: Int) {
    self.hits.reserveCapacity(hits)
    lines.reserveCapacity(hits)
    self.notes.reserveCapacity(notes)
  }
}

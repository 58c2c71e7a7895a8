import ByteScanning

/// The hits of one chunk of a log with the texts they name: all that goes from counting to storing.
///
/// Texts of several parts (client, place, acquisition, event) are joined by ``separator``; no part holds it, because
/// control characters are taken out of every value before.
public struct HitBatch: Sendable {
  /// ASCII's unit separator, between the parts of a text.
  public static let separator: UInt8 = 0x1F

  /// The hits in the order of their lines.
  public var hits: [Hit] = []
  /// For each hit, the index of its line within the chunk.
  public var lines: [Int32] = []
  /// What lines that are no hits say of their visitors, in the order of the lines.
  public var notes: [SignalNote] = []
  /// The visitors that ``notes`` name by their index.
  public var noted: [VisitorDay] = []
  /// The requests of robots, in the order of their lines.
  public var bots: [BotLine] = []
  /// Pathnames.
  public var pages = SymbolTable()
  /// Browser, browser version, system, system version, device.
  public var clients = SymbolTable()
  /// Country code, region, city, network.
  public var places = SymbolTable()
  /// Source, channel, referrer, utm source, medium, campaign, content, term.
  public var acquisitions = SymbolTable()
  /// Name, then property names and values in turn; symbol 0 is no event.
  public var events = SymbolTable()

  /// An empty batch.
  public init() {
    _ = events.intern("")
  }

  /// Makes room for hits and notes, so that they need not be moved while there are more and more of them.
  public mutating func reserve(hits: Int, notes: Int) {
    self.hits.reserveCapacity(hits)
    lines.reserveCapacity(hits)
    self.notes.reserveCapacity(notes)
  }
}

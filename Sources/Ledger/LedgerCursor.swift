/// The state of reading one input between two of its windows.
public struct LedgerCursor: Equatable, Sendable {
  /// The last lines before the window, on which block boundaries depend.
  private(set) var before: [UInt64] = []
  /// The place where the next line is expected, if the last one was known.
  private(set) var expected: LinePlace?
  /// The stream that the last lines were appended to, if they were new.
  private(set) var appending: Int64?
  private(set) var isAtStart = true
  /// Whether everything read so far is one contiguous part of one stream.
  private(set) var isUnbroken = true
  private var startsStream = false

  /// Creates a cursor at the start of an input.
  public init() {}

  /// Creates a cursor within an input whose lines so far are those of a stream, from its start up to `place`.
  public init(resumingAt place: LinePlace) {
    expected = place
    isAtStart = false
    startsStream = true
  }

  /// Moves past a region.
  ///
  /// - Parameters:
  ///   - stream: the stream to which new lines were appended; nil if they were known.
  ///   - isWhole: whether all lines of the region were appended to it.
  public mutating func pass(_ region: Ledger.Region, storedIn stream: Int64?, isWhole: Bool = true) {
    if region.isKnown {
      if isAtStart {
        startsStream = region.from.map { $0 == .start(of: $0.stream) } ?? false
        isUnbroken = region.from != nil
      } else if region.from == nil || region.from != expected {
        isUnbroken = false
      }
    } else {
      if isAtStart { startsStream = true }
      let follows = isAtStart || region.continues != nil && region.continues == (expected?.stream ?? appending)
      if !follows || !isWhole { isUnbroken = false }
    }
    expected = region.isKnown ? region.to : nil
    appending = region.isKnown ? nil : stream
    isAtStart = false
  }

  /// Moves past a window.
  public mutating func end(_ window: Ledger.Window) {
    let last = BlockBoundaries.quietLines
    before = Array((before + window.hashes.suffix(last)).suffix(last))
  }

  /// Returns the place at which to resume when the input has grown; nil unless the input equals the start of a
  /// stream line for line.
  ///
  /// The place is within the stream's last block rather than after it, because that block may grow.
  /// - Throws: the errors of the storage.
  public func placeToResume(in storage: any LedgerStorage) throws -> LinePlace? {
    guard isUnbroken, startsStream, let stream = expected?.stream ?? appending else { return nil }
    guard let last = try storage.lastBlock(ofStream: stream) else { return nil }
    if let expected, expected.sequence <= last.sequence { return expected }
    return LinePlace(stream: stream, sequence: last.sequence, index: last.hashes.count)
  }
}

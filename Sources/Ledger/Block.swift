import Crypto

/// The id of a block: the first 16 bytes of SHA-256 over its line hashes.
public struct BlockID: Hashable, Sendable {
  /// The 16 bytes.
  public let bytes: [UInt8]

  /// Creates the id of a block with these line hashes.
  public init(of hashes: ArraySlice<UInt64>) {
    var hasher = SHA256()
    hasher.update(data: LineHashes.packed(hashes))
    bytes = Array(hasher.finalize().prefix(16))
  }

  /// Creates the id of a block with these line hashes.
  public init(of hashes: [UInt64]) {
    self.init(of: hashes[...])
  }

  /// Creates an id from its 16 bytes; nil for any other number of bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    self.bytes = bytes
  }
}

/// A run of consecutive lines of a stream, with boundaries that their content decides.
public struct Block: Equatable, Sendable {
  /// The stream it belongs to.
  public var stream: Int64
  /// Its position in the stream, from 0.
  public var sequence: Int
  /// Whether it has reached its boundary; the last block of a stream usually has not.
  public var isComplete: Bool
  /// The hashes of its lines.
  public var hashes: [UInt64]
  /// The days its lines fall on; nil if none has a day.
  public var days: ClosedRange<Int32>?
  /// The times of its lines, in Unix seconds; nil if none has a time.
  public var times: ClosedRange<UInt32>?
  /// The sites and days of its lines; nil if they are not known, or a line has no day.
  public var books: BlockLineCounts?
  /// Its id, if it was computed before.
  public internal(set) var id: BlockID?

  /// Creates a block.
  public init(
    stream: Int64, sequence: Int, isComplete: Bool = false, hashes: [UInt64] = [], days: ClosedRange<Int32>? = nil,
    times: ClosedRange<UInt32>? = nil, books: BlockLineCounts? = nil
  ) {
    self.stream = stream
    self.sequence = sequence
    self.isComplete = isComplete
    self.hashes = hashes
    self.days = days
    self.times = times
    self.books = books
  }

  mutating func append(_ hash: UInt64, day: Int32, time: UInt32) {
    hashes.append(hash)
    if day != Ledger.noDay { days = min(days?.lowerBound ?? day, day)...max(days?.upperBound ?? day, day) }
    if time != Ledger.noTime {
      times = min(times?.lowerBound ?? time, time)...max(times?.upperBound ?? time, time)
    }
  }
}

/// The place of a line in the ledger. Places in one stream are ordered like its lines.
public struct LinePlace: Hashable, Comparable, Sendable {
  /// The stream.
  public var stream: Int64
  /// The block within the stream.
  public var sequence: Int
  /// The line within the block.
  public var index: Int

  /// Creates a place.
  public init(stream: Int64, sequence: Int, index: Int) {
    self.stream = stream
    self.sequence = sequence
    self.index = index
  }

  /// The place of a stream's first line.
  static func start(of stream: Int64) -> LinePlace {
    LinePlace(stream: stream, sequence: 0, index: 0)
  }

  /// Whether one place is before another.
  public static func < (left: LinePlace, right: LinePlace) -> Bool {
    (left.stream, left.sequence, left.index) < (right.stream, right.sequence, right.index)
  }
}

import Crypto

/// The name of a block: the first 16 bytes of SHA-256 over its line hashes.
public struct BlockID: Hashable, Sendable {
  /// The 16 bytes.
  public let bytes: [UInt8]

  /// The name of a block of these line hashes.
  public init(of hashes: some Collection<UInt64>) {
    var hasher = SHA256()
    hasher.update(data: LineHashes.packed(hashes))
    bytes = Array(hasher.finalize().prefix(16))
  }
}

/// A run of consecutive lines of a stream, cut where the content says so.
public struct Block: Equatable, Sendable {
  /// The stream it belongs to.
  public var stream: Int64
  /// Its place in the stream, from 0.
  public var sequence: Int
  /// Whether it has reached its boundary; the last block of a stream mostly has not.
  public var isComplete: Bool
  /// The hashes of its lines.
  public var hashes: [UInt64]
  /// The days its lines fall on; nil where none has a day.
  public var days: ClosedRange<Int32>?

  /// Makes a block.
  public init(stream: Int64, sequence: Int, isComplete: Bool, hashes: [UInt64], days: ClosedRange<Int32>?) {
    self.stream = stream
    self.sequence = sequence
    self.isComplete = isComplete
    self.hashes = hashes
    self.days = days
  }
}

/// A line's place in what is known.
public struct LinePlace: Hashable, Sendable {
  /// The stream.
  public var stream: Int64
  /// The block within the stream.
  public var sequence: Int
  /// The line within the block.
  public var index: Int

  /// Makes a place.
  public init(stream: Int64, sequence: Int, index: Int) {
    self.stream = stream
    self.sequence = sequence
    self.index = index
  }
}

/// Line hashes as bytes, eight each, least first.
public enum LineHashes {
  /// The bytes of hashes.
  public static func packed(_ hashes: some Collection<UInt64>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hashes.count * 8)
    for hash in hashes {
      for shift in stride(from: UInt64(0), through: 56, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: hash >> shift))
      }
    }
    return bytes
  }

  /// The hashes of bytes.
  public static func unpacked(_ bytes: [UInt8]) -> [UInt64] {
    stride(from: 0, to: bytes.count - 7, by: 8).map { start in
      (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
    }
  }
}

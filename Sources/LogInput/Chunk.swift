/// Some whole lines of a log, in a buffer that is reused.
public struct Chunk: Sendable {
  /// The buffer; the lines end at ``count``.
  public var bytes: [UInt8]
  /// The number of bytes of the lines, including line ends.
  public var count = 0
  /// The number of lines before the first one that were too long to keep.
  public var overlongLines = 0

  /// Creates a chunk with room for this number of bytes.
  public init(capacity: Int) {
    bytes = [UInt8](repeating: 0, count: capacity)
  }

  /// A chunk without a buffer.
  public static let none = Chunk(capacity: 0)
}

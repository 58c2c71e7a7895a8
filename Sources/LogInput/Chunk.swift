/// Some whole lines of a log, in a buffer that is used again.
public struct Chunk: Sendable {
  /// The buffer; the lines end at ``count``.
  public var bytes: [UInt8]
  /// The bytes of the lines, line ends included.
  public var count = 0
  /// How many lines before the first one were too long to keep.
  public var overlongLines = 0

  /// A chunk with room for that many bytes.
  public init(capacity: Int) {
    bytes = [UInt8](repeating: 0, count: capacity)
  }

  /// A chunk without a buffer.
  public static let none = Chunk(capacity: 0)
}

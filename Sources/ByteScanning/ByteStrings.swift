/// Byte strings, one after the other, numbered from 0.
public struct ByteStrings: Sendable {
  private(set) var bytes: [UInt8] = []
  private var ends: [UInt32] = []

  /// Creates an empty list.
  public init() {}

  /// The number of strings.
  public var count: Int { ends.count }

  mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    ByteCopy.append(bytes, range, to: &self.bytes)
    ends.append(UInt32(self.bytes.count))
  }

  /// Calls `body` with the bytes of a string.
  public func withBytes<Result, Failure: Error>(
    of number: UInt32, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let range = self.range(of: number)
    return try body(bytes.span.extracting(range))
  }

  /// Whether the bytes of one string come before another's, compared byte by byte.
  func isOrdered(_ left: UInt32, before right: UInt32) -> Bool {
    let bytes = bytes.span
    let (left, right) = (range(of: left), range(of: right))
    for offset in 0..<min(left.count, right.count) {
      let (one, other) = (bytes[left.lowerBound + offset], bytes[right.lowerBound + offset])
      if one != other { return one < other }
    }
    return left.count < right.count
  }

  mutating func removeAll(keepingCapacity: Bool) {
    bytes.removeAll(keepingCapacity: keepingCapacity)
    ends.removeAll(keepingCapacity: keepingCapacity)
  }

  func range(of number: UInt32) -> Range<Int> {
    let index = Int(number)
    return (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }
}

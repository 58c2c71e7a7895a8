import ByteScanning

/// Iterates over the lines of a chunk.
public struct LineScanner: Sendable {
  private var position: Int
  private let end: Int

  /// Starts at the first line of the bytes in `range`.
  public init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  /// Returns the next line without its line end (LF or CRLF), or nil after the last one.
  ///
  /// Bytes after the last line end are a line too. The caller decides whether a chunk contains any.
  @inline(__always)
  public mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
    guard position < end else { return nil }
    let start = position
    let newline = ByteSearch.firstIndex(of: Byte.newline, in: bytes, from: start, to: end)
    position = newline &+ 1
    let isCRLF = newline > start && bytes[newline &- 1] == Byte.carriageReturn
    return start..<(isCRLF ? newline &- 1 : newline)
  }
}

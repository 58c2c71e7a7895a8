/// Copies bytes in bulk rather than one by one.
public enum ByteCopy {
  /// Appends the bytes in `range`.
  @inlinable
  public static func append(_ bytes: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]) {
    // Safe because the pointer stays within the closure, and its bytes are copied there.
    unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe out.append(contentsOf: $0) }
  }

  /// Returns the bytes in `range`.
  @inlinable
  public static func bytes(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var copy: [UInt8] = []
    append(bytes, range, to: &copy)
    return copy
  }

  /// Writes the bytes in `range` over those from `start` on.
  @inlinable
  public static func copy(_ bytes: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8], at start: Int) {
    precondition(start >= 0 && range.count <= out.count - start)
    guard !range.isEmpty else { return }
    // Safe because the pointers stay within the closures, and both ranges lie within their bytes, as was checked.
    unsafe bytes.extracting(range).withUnsafeBufferPointer { source in
      unsafe out.withUnsafeMutableBufferPointer { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        unsafe (to + start).update(from: from, count: source.count)
      }
    }
  }
}

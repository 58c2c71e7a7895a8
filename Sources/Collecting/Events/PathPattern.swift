import ByteScanning

/// A pattern for paths: text in which each `*` stands for any characters, including slashes, or none.
public struct PathPattern: Equatable, Sendable {
  /// The text before the first star; the whole text if there is no star.
  private let prefix: [UInt8]
  /// The texts between the stars.
  private let middles: [[UInt8]]
  /// The text after the last star; nil if there is no star.
  private let suffix: [UInt8]?

  /// Parses a pattern.
  public init(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map { Array($0) }
    prefix = parts[0]
    suffix = parts.count > 1 ? parts[parts.count - 1] : nil
    middles = parts.dropFirst().dropLast().filter { !$0.isEmpty }
  }

  /// Whether all of `range` matches. Upper and lower case differ, as on the server.
  ///
  /// The ends are compared first, because most paths differ from a pattern there.
  public func matches(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let suffix else { return range.count == prefix.count && Self.holds(prefix, bytes, range.lowerBound) }
    guard range.count >= prefix.count + suffix.count,
      Self.holds(suffix, bytes, range.upperBound - suffix.count), Self.holds(prefix, bytes, range.lowerBound)
    else { return false }
    var start = range.lowerBound + prefix.count
    let end = range.upperBound - suffix.count
    for middle in middles {
      while start + middle.count <= end, !Self.holds(middle, bytes, start) { start += 1 }
      guard start + middle.count <= end else { return false }
      start += middle.count
    }
    return true
  }

  private static func holds(_ text: [UInt8], _ bytes: Span<UInt8>, _ start: Int) -> Bool {
    for index in text.indices where bytes[start + index] != text[index] { return false }
    return true
  }
}

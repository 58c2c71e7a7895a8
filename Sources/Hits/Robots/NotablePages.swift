import ByteScanning

/// The pages of a day that tell of their visitors: those that scanners request, and pictures without an extension.
public struct NotablePages: Sendable {
  /// The symbols of pages that scanners request.
  public private(set) var probes: [UInt32: ProbePaths.Kind] = [:]
  /// The symbols of pictures.
  public private(set) var pictures: Set<UInt32> = []

  /// Creates an empty set.
  public init() {}

  /// Adds a page if it is one of them.
  ///
  /// - Parameters:
  ///   - page: its symbol.
  ///   - path: its normalised pathname.
  public mutating func note(_ page: UInt32, _ path: Span<UInt8>) {
    if let kind = ProbePaths.kind(of: path) { probes[page] = kind }
    if PicturePaths.contains(path) { pictures.insert(page) }
  }

  /// Returns a hash of a path up to its first part with a digit, such as `/item/` of `/item/1234/large`: the same for all
  /// things of a kind. The hash of a path without digits is its own.
  public static func stem(of path: Span<UInt8>) -> UInt64 {
    var start = 0
    for index in path.indices {
      if path[index] == Byte.slash { start = index + 1 }
      if Byte.isDigit(path[index]) { return StableHash.hash(ByteCopy.bytes(path, 0..<start)) }
    }
    return ~StableHash.hash(ByteCopy.bytes(path, 0..<path.count))
  }
}

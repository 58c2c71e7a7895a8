import ByteScanning

/// Sorts lines by method, status and path before any costly work is done for them.
///
/// Source of the rule: docs/counting.md, "Page view".
public struct LineClassifier: Sendable {
  /// What a line is, as far as method, status and path tell.
  public enum Class: Equatable, Sendable {
    /// A page was served.
    case page
    /// A page was asked for that is not there.
    case notFound
    /// A part of a page: image, script, style sheet, font, sound, film.
    case part
    /// Something else that is no page: data, download.
    case asset
    /// The status is none of a page seen.
    case status
    /// The method is not GET.
    case method
  }

  private let classes: ExtensionTable

  /// A classifier that takes paths with these extensions (lower case, at most 16 characters) for assets.
  public init(
    partExtensions: [String] = AssetExtensions.parts, otherExtensions: [String] = AssetExtensions.others
  ) {
    // Where an extension stands in both lists it is a part's.
    let others = otherExtensions.map { ($0, Class.asset) }
    classes = ExtensionTable(others + partExtensions.map { ($0, Class.part) })
  }

  /// A classifier that takes paths with these extensions for assets; the ones that are known as parts of pages are parts.
  public init(assetExtensions: [String]) {
    let parts = Set(AssetExtensions.parts)
    self.init(
      partExtensions: assetExtensions.filter(parts.contains),
      otherExtensions: assetExtensions.filter { !parts.contains($0) })
  }

  /// The class of a request, from the raw bytes of its method and target and its status (below 0 where none is logged).
  public func classify(
    _ bytes: Span<UInt8>, method: Range<Int>, target: Range<Int>, status: Int
  ) -> Class {
    guard method.count == 3, bytes[method.lowerBound] == 0x47, bytes[method.lowerBound + 1] == 0x45,
      bytes[method.lowerBound + 2] == 0x54
    else { return .method }
    if let kind = assetKind(bytes, target) { return kind }
    if (200...299).contains(status) || status == 304 { return .page }
    return status == 404 ? .notFound : .status
  }

  /// Which asset a target names: by the extension of its last segment (`/a.png;jsessionid=1` has one, `/a;b.png` has
  /// none), or as `/.well-known/`; nil where it names none.
  private func assetKind(_ bytes: Span<UInt8>, _ target: Range<Int>) -> Class? {
    var packed: UInt128 = 0
    var length = -1
    var isParameter = false
    var index = target.lowerBound
    while index < target.upperBound {
      let byte = bytes[index]
      if byte == Byte.questionMark || byte == Byte.numberSign { break }
      if byte == Byte.slash {
        length = -1
        isParameter = false
      } else if isParameter || byte == Byte.semicolon {
        isParameter = true
      } else if byte == Byte.dot {
        packed = 0
        length = 0
      } else if length >= 0 {
        let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
        packed = packed << 8 | UInt128(lower)
        length += 1
      }
      index += 1
    }
    if length > 0, length <= 16, let kind = classes[packed] { return kind }
    return isWellKnown(bytes, target.lowerBound..<index) ? .asset : nil
  }

  private func isWellKnown(_ bytes: Span<UInt8>, _ path: Range<Int>) -> Bool {
    let prefix = Self.wellKnownPrefix
    guard path.count >= prefix.count, bytes[path.lowerBound + 1] == Byte.dot else { return false }
    for (offset, byte) in prefix.enumerated() where bytes[path.lowerBound + offset] != byte { return false }
    return true
  }

  private static let wellKnownPrefix = Array("/.well-known/".utf8)
}

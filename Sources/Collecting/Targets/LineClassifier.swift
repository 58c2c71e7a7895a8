import ByteScanning

/// Classifies lines by method, status and path before any costly work is done for them.
///
/// Source of the rule: docs/counting.md, "Page view".
public struct LineClassifier: Sendable {
  /// What a line is, judged by method, status and path.
  public enum Class: Equatable, Sendable {
    /// A page was served.
    case page
    /// A page was requested that does not exist.
    case notFound
    /// A part of a page: image, script, style sheet, font, sound, video.
    case part
    /// Anything else that is not a page: data, download.
    case asset
    /// The status is not that of a page that was seen.
    case status
    /// The method is not GET.
    case method
  }

  private let classes: ExtensionTable

  /// Creates a classifier that treats paths with these extensions (lower case, at most 16 characters) as assets.
  public init(
    partExtensions: [String] = AssetExtensions.parts, otherExtensions: [String] = AssetExtensions.others
  ) {
    // An extension in both lists is a part's.
    let others = otherExtensions.map { ($0, Class.asset) }
    classes = ExtensionTable(others + partExtensions.map { ($0, Class.part) })
  }

  /// Creates a classifier that treats paths with these extensions as assets. Extensions of known parts of pages are
  /// parts.
  public init(assetExtensions: [String]) {
    let parts = Set(AssetExtensions.parts)
    self.init(
      partExtensions: assetExtensions.filter(parts.contains),
      otherExtensions: assetExtensions.filter { !parts.contains($0) })
  }

  /// Returns the class of a request, from the raw bytes of its method and target and its status (below 0 if none is
  /// logged).
  public func classify(
    _ bytes: Span<UInt8>, method: Range<Int>, target: Range<Int>, status: Int
  ) -> Class {
    guard method.count == 3, bytes[method.lowerBound] == 0x47, bytes[method.lowerBound + 1] == 0x45,
      bytes[method.lowerBound + 2] == 0x54
    else { return .method }
    if let kind = assetClass(bytes, target) { return kind }
    if (200...299).contains(status) || status == 304 { return .page }
    return status == 404 ? .notFound : .status
  }

  /// Returns the class of asset that a target names, by the extension of its last segment (`/a.png;jsessionid=1`
  /// has one, `/a;b.png` has none) or by `/.well-known/`; nil if it is not an asset.
  public func assetClass(_ bytes: Span<UInt8>, _ target: Range<Int>) -> Class? {
    let end = ByteSearch.firstIndex(
      of: Byte.questionMark, or: Byte.numberSign, in: bytes, from: target.lowerBound, to: target.upperBound)
    if let name = Self.extensionName(bytes, target.lowerBound..<end), let kind = classes[name] { return kind }
    return Self.isWellKnown(bytes, target.lowerBound..<end) ? .asset : nil
  }

  /// Returns the extension of a path's last segment as the number of its lower-case bytes, the first one highest;
  /// nil unless it has 1 to 16 bytes.
  private static func extensionName(_ bytes: Span<UInt8>, _ path: Range<Int>) -> UInt128? {
    var end = path.upperBound
    var dot = -1
    var index = end
    while index > path.lowerBound {
      index &-= 1
      let byte = bytes[index]
      if byte == Byte.slash { break }
      if byte == Byte.semicolon {
        end = index
        dot = -1
      } else if byte == Byte.dot, dot < 0 {
        dot = index
      }
    }
    guard dot >= 0, (1...16).contains(end - dot - 1) else { return nil }
    var name: UInt128 = 0
    for index in dot + 1..<end {
      let byte = bytes[index]
      name = name << 8 | UInt128(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    return name
  }

  private static func isWellKnown(_ bytes: Span<UInt8>, _ path: Range<Int>) -> Bool {
    guard path.count > 1, bytes[path.lowerBound + 1] == Byte.dot else { return false }
    return ByteSearch.matches(wellKnownPrefix, in: bytes, at: path.lowerBound, before: path.upperBound)
  }

  private static let wellKnownPrefix = Array("/.well-known/".utf8)
}

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
    let end = ByteSearch.firstIndex(
      of: Byte.questionMark, or: Byte.numberSign, in: bytes, from: target.lowerBound, to: target.upperBound)
    if let name = Self.extensionName(bytes, target.lowerBound..<end), let kind = classes[name] { return kind }
    return Self.isWellKnown(bytes, target.lowerBound..<end) ? .asset : nil
  }

  /// The extension of a path's last segment as the number of its bytes in lower case, first one highest; nil where there
  /// is none of 1 to 16 bytes.
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

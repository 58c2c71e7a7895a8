import ByteScanning

/// Recognises pictures whose paths have no extension, such as `/image/1234/200x200`: pages by their answers, but loaded as
/// parts of other pages.
public enum PicturePaths {
  /// Folders that hold pictures. Source: paths of real shops and forums, whose pictures a browser loads within seconds after
  /// a page (docs/robots.md, "Pictures without an extension").
  private static let folders: Set<[UInt8]> = Set(
    [
      "image", "images", "img", "imgs", "pic", "pics", "picture", "pictures", "photo", "thumb", "thumbs", "thumbnail",
      "thumbnails", "avatar", "avatars", "icon", "icons", "logo", "logos", "sprite", "sprites", "banner", "banners",
      "captcha",
    ].map { Array($0.utf8) })
  private static let longest = folders.map(\.count).max() ?? 0
  /// What a page in such a folder ends with.
  private static let pageEndings = ["/", ".htm", ".html", ".shtml", ".xhtml", ".md"].map { Array($0.utf8) }

  /// Whether a normalised pathname is that of a picture: one of its folders, at any depth, holds pictures.
  public static func contains(_ path: Span<UInt8>) -> Bool {
    var start = 1
    for index in path.indices where index > 0 && path[index] == Byte.slash {
      if index - start <= longest, isFolder(path, start..<index) { return !endsLikePage(path) }
      start = index + 1
    }
    return false
  }

  private static func isFolder(_ path: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count >= 3 else { return false }
    var name: [UInt8] = []
    for index in range { name.append(Byte.lower(path[index])) }
    return folders.contains(name)
  }

  /// Whether a path ends like that of a page, wherever it is.
  public static func endsLikePage(_ path: Span<UInt8>) -> Bool {
    pageEndings.contains { ending in
      ending.count <= path.count
        && ByteSearch.matches(ending, in: path, at: path.count - ending.count, before: path.count)
    }
  }
}

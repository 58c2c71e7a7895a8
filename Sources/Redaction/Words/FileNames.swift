import ByteScanning

/// What the name of a file tells about a path.
enum FileNames {
  /// Whether a part is the extension of a file, and no top-level domain.
  static func isExtension(_ passage: Passage, _ range: Range<Int>) -> Bool {
    let name = passage.word(range)
    return assets.contains(name) || pages.contains(name) || others.contains(name)
  }

  /// Whether a part is the extension of a page, or of data that is shown as one.
  static func isPage(_ passage: Passage, _ range: Range<Int>) -> Bool { pages.contains(passage.word(range)) }

  /// Whether a path is that of an asset: what a page loads. Programs that build sites name assets after a hash of their
  /// contents, so that browsers may keep them forever. This hash is the same for everybody.
  static func isAsset(_ passage: Passage) -> Bool {
    guard passage.isPath else { return false }
    let name = passage.segment(endingAt: passage.query)
    var dot = name.upperBound
    while dot > name.lowerBound, passage[dot] != Byte.dot { dot -= 1 }
    guard passage[dot] == Byte.dot else { return false }
    let ending = passage.word(dot + 1..<name.upperBound)
    if assets.contains(ending) { return true }
    // `precache-manifest.HASH.json`, `main.HASH.js.LICENSE.txt`: a hash between dots.
    let isHashed = (name.lowerBound..<dot).contains { $0 > name.lowerBound && passage[$0] == Byte.dot }
    return ["json", "txt"].contains(ending) && (isHashed || isStored(passage, before: name.lowerBound))
  }

  /// Whether one of the folders before a place is one in which assets are stored.
  static func isStored(_ passage: Passage, before place: Int) -> Bool {
    var end = place
    while end > 0 {
      while end > 0, !passage.isSlash(end) { end -= 1 }
      let folder = passage.segment(endingAt: end)
      if stores.contains(passage.word(folder)) { return true }
      end = folder.lowerBound - 1
    }
    return false
  }

  private static let assets: Set<String> = [
    "css", "js", "mjs", "cjs", "map", "wasm", "woff", "woff2", "ttf", "otf", "eot", "ico", "png", "jpg", "jpeg", "gif",
    "webp", "avif", "apng", "bmp", "svg", "svgz", "tif", "tiff", "heic", "jxl", "mp3", "mp4", "m4a", "m4s", "m4v",
    "webm",
    "ogg", "ogv", "opus", "wav", "flac", "ts", "m3u8", "mpd", "vtt", "webmanifest", "manifest",
  ]
  private static let pages: Set<String> = [
    "html", "htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp", "jsf", "json", "xml", "txt", "csv", "rss", "atom",
  ]
  private static let others: Set<String> = [
    "pdf", "gz", "tgz", "bz2", "xz", "exe", "doc", "docx", "xls", "xlsx", "yaml", "yml", "toml", "log", "bak",
  ]
  private static let stores: Set<String> = [
    "app", "assets", "astro", "build", "bundle", "bundles", "cache", "cdn", "chunks", "css", "dist", "fonts", "gatsby",
    "images", "image", "img", "imgs", "immutable", "js", "lib", "media", "next", "nuxt", "packs", "photos", "pub",
    "public", "resources", "scripts", "static", "styles", "themes", "thumbs", "thumbnails", "unsafe", "uploads", "vite",
    "webpack", "wpcontent",
  ]
}

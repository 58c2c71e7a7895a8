/// The file extensions of assets: what a page loads or offers for download.
public enum AssetExtensions {
  /// Extensions of what browsers load automatically with a page.
  public static let parts: [String] = styles + images + fonts + media
  /// Extensions of what is requested on its own.
  public static let others: [String] = data + downloads

  /// All extensions of assets.
  public static let standard: [String] = parts + others

  private static let styles = ["css", "js", "mjs", "cjs", "map", "wasm", "less", "scss", "vue", "tsx", "jsx"]
  private static let images = [
    "ico", "png", "jpg", "jpeg", "jpe", "gif", "webp", "avif", "apng", "bmp", "svg", "svgz", "tif", "tiff", "heic",
    "heif", "jxl", "cur", "psd",
  ]
  private static let fonts = ["woff", "woff2", "ttf", "otf", "eot"]
  private static let media = [
    "mp3", "mp4", "m4a", "m4s", "m4v", "mpg", "mpeg", "mpd", "avi", "mov", "mkv", "wmv", "flv", "ogg", "oga", "ogv",
    "opus", "wav", "flac", "aac", "webm", "weba", "m3u8", "vtt", "srt", "swf", "mid", "ra", "ram",
  ]
  private static let data = [
    "json", "jsonld", "xml", "rss", "atom", "rdf", "txt", "csv", "yaml", "yml", "toml", "webmanifest",
    "manifest", "appcache", "xsl", "kml", "gpx", "ics", "vcf", "pem", "crt", "asc", "sig", "sha256", "md5",
  ]
  private static let downloads = [
    "pdf", "zip", "gz", "tgz", "bz2", "xz", "zst", "7z", "rar", "tar", "iso", "img", "exe", "msi", "dmg", "pkg", "deb",
    "rpm", "apk", "ipa", "jar", "war", "cab", "bin", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp",
    "rtf", "ps", "eps", "epub", "mobi", "torrent", "whl", "gem", "class",
  ]
}

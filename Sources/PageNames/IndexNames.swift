import ByteScanning

/// The names of files that servers send for a folder.
///
/// Sources: Apache's `DirectoryIndex` in Debian's `dir.conf` (index.html, .cgi, .pl, .php, .xhtml, .htm), nginx's `index`
/// (index.html, index.htm), Tomcat's welcome files (index.html, .htm, .jsp), and the default documents of IIS
/// (Default.htm, Default.asp, index.htm, index.html, default.aspx). IIS ignores case, so capitals do not matter.
enum IndexNames {
  static let all = [
    "index.html", "index.htm", "index.shtml", "index.xhtml", "index.php", "index.cgi", "index.pl", "index.jsp",
    "index.asp", "index.aspx", "default.htm", "default.html", "default.asp", "default.aspx",
  ].map { Array($0.utf8) }

  /// Removes such a name at the end of the path that was appended since `start`; the slash before it stays. Returns whether
  /// there was one.
  static func dropLast(_ path: inout [UInt8], from start: Int) -> Bool {
    guard path.count > start, let slash = path[start...].lastIndex(of: Byte.slash), isIndex(path[(slash + 1)...])
    else { return false }
    path.removeSubrange((slash + 1)...)
    return true
  }

  /// Whether the last segment of a path is such a name.
  static func isIndex(_ segment: ArraySlice<UInt8>) -> Bool {
    // The shortest has eight bytes, the longest thirteen; both begin with a letter that few others begin with.
    guard segment.count >= 8, segment.count <= 13, let first = segment.first,
      first | 0x20 == UInt8(ascii: "i") || first | 0x20 == UInt8(ascii: "d")
    else { return false }
    return all.contains { $0.elementsEqual(segment.lazy.map(Byte.lower)) }
  }
}

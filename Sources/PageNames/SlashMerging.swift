import ByteScanning

/// Makes one of several slashes in a row, and removes a slash at the end.
///
/// Servers serve `//docs/` as `/docs/`: nginx's `merge_slashes` and Apache's `MergeSlashes` are on by default
/// (<https://nginx.org/en/docs/http/ngx_http_core_module.html#merge_slashes>,
/// <https://httpd.apache.org/docs/2.4/mod/core.html#mergeslashes>).
enum SlashMerging {
  /// Merges slashes of the path that was appended since `start`. Returns whether there were any.
  static func merge(_ path: inout [UInt8], from start: Int) -> Bool {
    guard let first = firstPair(path, from: start) else { return false }
    var write = first
    for read in first..<path.count where path[read] != Byte.slash || path[write - 1] != Byte.slash {
      path[write] = path[read]
      write += 1
    }
    path.removeSubrange(write...)
    return true
  }

  /// Returns the index of the first slash that follows another one.
  private static func firstPair(_ path: [UInt8], from start: Int) -> Int? {
    var isAfterSlash = false
    for index in start..<path.count {
      let isSlash = path[index] == Byte.slash
      if isSlash, isAfterSlash { return index }
      isAfterSlash = isSlash
    }
    return nil
  }

  /// Removes a slash at the end of the path that was appended since `start`, unless it is all of the path. Returns whether
  /// there was one.
  static func dropLast(_ path: inout [UInt8], from start: Int) -> Bool {
    guard path.count > start + 1, path.last == Byte.slash else { return false }
    path.removeLast()
    return true
  }

  /// Returns a path without a slash at its end.
  static func withoutLastSlash(_ path: [UInt8]) -> [UInt8] {
    var path = path
    _ = dropLast(&path, from: 0)
    return path
  }
}

/// What a file's name tells: whether it is an access log or a rotated one, and whether it is packed.
public enum LogName {
  /// Whether a name contains `access`, as in `other_vhosts_access`, or ends in `.log`, apart from suffixes of
  /// compression and the numbers and dates of log rotation. Names that contain `error` do not count.
  static func isLog(_ name: String) -> Bool {
    var parts = unpacked(name.lowercased()).split(separator: ".").map(String.init)
    while let last = parts.last, isRotation(last) { parts.removeLast() }
    guard let last = parts.last, !parts.contains(where: { $0.contains("error") }) else { return false }
    let stem = last.split(separator: "-").first.map(String.init) ?? last
    return stem == "log" || parts.contains { $0.contains("access") }
  }

  /// Whether a name says more than `.log`, which all kinds of logs are named.
  static func isAccessLog(_ name: String) -> Bool {
    isLog(name) && name.lowercased().contains("access")
  }

  /// Returns a name, or a path, without the suffix of compression.
  public static func unpacked(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), compressed.contains(name[dot...].dropFirst().lowercased()) else {
      return name
    }
    return String(name[..<dot])
  }

  private static let compressed = ["gz", "gzip", "bz2", "xz", "zst"]

  /// Whether a part is what log rotation appends: a number or a date.
  private static func isRotation(_ part: String) -> Bool {
    !part.isEmpty && part.allSatisfy { $0.isNumber || $0 == "-" || $0 == "_" }
  }
}

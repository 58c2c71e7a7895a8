/// Numbers of bytes as people read them, in units of 1,000.
enum ByteText {
  private static let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]

  /// Returns `0 B`, `999 B`, `1.2 kB`, `35 MB`.
  static func text(_ bytes: Int64) -> String {
    var value = Double(bytes)
    var unit = 0
    while value >= 999.5, unit + 1 < units.count {
      value /= 1_000
      unit += 1
    }
    let tenths = Int((value * 10).rounded())
    let number = unit > 0 && tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(Int(value.rounded()))"
    return number + " " + units[unit]
  }
}

/// Numbers as people read them.
public enum NumberText {
  /// Returns a number with separated thousands: `1,234,567`.
  public static func grouped(_ number: some BinaryInteger) -> String {
    var digits = Array(String(number.magnitude))
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: index)
      index -= 3
    }
    return (number < 0 ? "-" : "") + String(digits)
  }

  /// Returns a number that is short enough for a cell: `950`, `1.2k`, `12k`, `3.4M`.
  static func compact(_ number: some BinaryInteger) -> String {
    for (unit, size) in [("G", 1_000_000_000), ("M", 1_000_000), ("k", 1_000)] where number >= size {
      let share = Double(number) / Double(size)
      return fixed(share, decimals: share < 9.95 ? 1 : 0) + unit
    }
    return "\(number)"
  }

  /// Returns a number with a fixed number of decimals, rounded half up: `2.35`.
  public static func fixed(_ number: Double, decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
    let scaled = Int((number * Double(scale)).rounded())
    guard decimals > 0 else { return grouped(scaled) }
    let fraction = String(scaled.magnitude % scale.magnitude)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return (scaled < 0 ? "-" : "") + grouped(scaled.magnitude / scale.magnitude) + "." + zeros + fraction
  }

  /// Returns a share, 0–1, in percent: `45.3 %`.
  public static func percent(_ share: Double) -> String {
    fixed(share * 100, decimals: 1) + " %"
  }

  /// Returns a duration in seconds as `2:05` or `1:02:05`.
  public static func duration(_ seconds: Double) -> String {
    let total = Int(seconds.rounded())
    let rest = padded(total % 60)
    return total < 3_600 ? "\(total / 60):\(rest)" : "\(total / 3_600):\(padded(total / 60 % 60)):\(rest)"
  }

  private static func padded(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}

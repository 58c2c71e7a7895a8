/// The shades of cells and countries, as classes of the style sheet.
enum Tint {
  private static let count: Int64 = 5

  /// Returns the class for a number among others: `zero`, or `tint1` to `tint5` in equal steps up to the largest.
  static func name(of number: Int64, most: Int64) -> String {
    number <= 0 ? "zero" : "tint\(min(count, 1 + number * count / max(1, most)))"
  }

  /// Returns the class for a number of very different ones: each step is the same multiple of the one before.
  static func logarithmic(_ number: Int64, most: Int64) -> String {
    guard number > 0 else { return "zero" }
    // By the number of binary digits, so that no logarithm is needed.
    let (own, all) = (64 - number.leadingZeroBitCount, 64 - most.leadingZeroBitCount)
    return "tint\((own * Int(count) + all - 1) / all)"
  }
}

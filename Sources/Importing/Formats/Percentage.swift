import Foundation

/// Shares in words.
enum Percentage {
  /// A share of 0–1 such as `98.7 %`; rounded down, so that only all is 100 %.
  static func text(_ share: Double) -> String {
    let tenths = Int((share * 1_000).rounded(.down))
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}

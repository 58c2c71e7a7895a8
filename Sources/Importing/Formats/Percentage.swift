import Foundation

/// Shares as texts.
enum Percentage {
  /// Formats a share of 0–1, such as `98.7 %`. It rounds down, so that only a full share is 100 %.
  static func text(_ share: Double) -> String {
    let tenths = Int((share * 1_000).rounded(.down))
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}

import Hits

/// Days as text.
enum DayText {
  /// Returns `2026-11-01 to 2026-11-30`, or the one day.
  static func range(_ days: ClosedRange<Int32>) -> String {
    let first = DayName.name(days.lowerBound)
    return days.count == 1 ? first : first + " to " + DayName.name(days.upperBound)
  }
}

import Hits

/// Periods as people read them.
enum PeriodText {
  /// Returns `9–15 Nov 2026`, `28 Nov – 4 Dec 2026`, `28 Dec 2025 – 3 Jan 2026`, `Mon 9 Nov 2026`.
  static func days(_ days: ClosedRange<Int32>) -> String {
    guard days.count > 1 else { return StepName.long(DayName.name(days.lowerBound)) }
    let first = DayName.civil(days.lowerBound)
    let last = DayName.civil(days.upperBound)
    let end = StepName.short(DayName.name(days.upperBound)) + " \(last.year)"
    let start = StepName.short(DayName.name(days.lowerBound))
    if first.year != last.year { return "\(start) \(first.year) – \(end)" }
    return first.month == last.month ? "\(first.day)–\(end)" : "\(start) – \(end)"
  }
}

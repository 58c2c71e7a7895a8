import Hits
import Rollups

/// The period that a report is compared with.
public enum ComparedPeriod: String, CaseIterable, Sendable {
  /// The same number of days, right before.
  case previous
  /// The same days of the previous year.
  case year

  /// Returns the period to compare with.
  ///
  /// A 29 February becomes the 28 February of the previous year.
  public func days(before days: ClosedRange<Int32>) -> ClosedRange<Int32> {
    switch self {
    case .previous:
      let count = Int32(days.count)
      return days.lowerBound - count...days.lowerBound - 1
    case .year:
      let first = Self.yearBefore(days.lowerBound)
      return first...max(first, Self.yearBefore(days.upperBound))
    }
  }

  private static func yearBefore(_ day: Int32) -> Int32 {
    let date = DayName.civil(day)
    let isLeapDay = date.month == 2 && date.day == 29
    return DayName.days(year: date.year - 1, month: date.month, day: isLeapDay ? 28 : date.day)
  }
}

/// The measures of another period, to compare with those of the report.
public struct Comparison: Sendable {
  /// The period.
  public var with: ComparedPeriod
  /// Its days, both included.
  public var days: ClosedRange<Int32>
  /// Its measures.
  public var total = Counts()
  /// Its steps, of the same length as the report's.
  public var trend: [Report.TrendPoint] = []
  /// Whether the site has data since the first day of the period; otherwise a change would be meaningless.
  public var isComplete: Bool
}

/// A change from one number to another, as people read it.
enum Change {
  /// `+12.5 %`; a dash if the old number is 0.
  static func relative(from old: Double, to new: Double) -> String {
    old == 0 ? "–" : signed(NumberText.percent(new / old - 1))
  }

  /// `-1.5 pp`: the difference between two shares, 0–1, in percentage points.
  static func points(from old: Double, to new: Double) -> String {
    signed(NumberText.fixed((new - old) * 100, decimals: 1) + " pp")
  }

  private static func signed(_ text: String) -> String {
    if text.hasPrefix("0.0 ") { return "±" + text }
    return text.hasPrefix("-") ? "−" + text.dropFirst() : "+" + text
  }
}

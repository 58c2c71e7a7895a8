import Hits
import Rollups

/// Which period a report is compared with.
public enum ComparedPeriod: String, CaseIterable, Sendable {
  /// As many days, right before.
  case previous
  /// The same days of the year before.
  case year

  /// The period to compare with.
  ///
  /// The year before a 29 February has its 28 February in its place.
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

/// The measures of another period, to be laid beside those of the report.
public struct Comparison: Sendable {
  /// Which period it is.
  public var with: ComparedPeriod
  /// Its days, both included.
  public var days: ClosedRange<Int32>
  /// Its measures.
  public var total = Counts()
  /// Its steps, of the same length as the report's.
  public var trend: [Report.TrendPoint] = []
  /// Whether the site has data since its first day; else a change would say nothing.
  public var isComplete: Bool
}

/// A change from one number to another, as people read it.
enum Change {
  /// `+12.5 %`; a dash where there was nothing before.
  static func relative(from old: Double, to new: Double) -> String {
    old == 0 ? "–" : signed(NumberText.percent(new / old - 1))
  }

  /// `-1.5 pp`, the difference of two shares, 0–1, in percentage points.
  static func points(from old: Double, to new: Double) -> String {
    signed(NumberText.fixed((new - old) * 100, decimals: 1) + " pp")
  }

  private static func signed(_ text: String) -> String {
    if text.hasPrefix("0.0 ") { return "±" + text }
    return text.hasPrefix("-") ? "−" + text.dropFirst() : "+" + text
  }
}

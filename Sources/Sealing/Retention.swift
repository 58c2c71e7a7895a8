import Hits

/// The period for which statistics are kept: `25months`, `2years`, `90days`, `8weeks`.
public struct Retention: Equatable, Sendable {
  private enum Unit: String, CaseIterable {
    case day
    case week
    case month
    case year
  }

  private let count: Int
  private let unit: Unit

  /// Parses a number and a unit; nil if the text is not a period.
  public init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let name = text.dropFirst(digits.count)
    guard let count = Int(digits), (1...100_000).contains(count),
      let unit = Unit.allCases.first(where: { name == $0.rawValue || name == $0.rawValue + "s" })
    else { return nil }
    self.count = count
    self.unit = unit
  }

  /// Returns the first day that is kept, in days since 1970-01-01. If its month has no such day, this is the last
  /// day of that month.
  public func firstDayKept(today: Int32) -> Int32 {
    switch unit {
    case .day: today - Int32(count)
    case .week: today - Int32(count * 7)
    case .month: Self.day(today, monthsEarlier: count)
    case .year: Self.day(today, monthsEarlier: count * 12)
    }
  }

  private static func day(_ day: Int32, monthsEarlier months: Int) -> Int32 {
    let date = DayName.civil(day)
    let month = date.year * 12 + date.month - 1 - months
    let first = DayName.days(year: month / 12, month: month % 12 + 1, day: 1)
    let next = DayName.days(year: (month + 1) / 12, month: (month + 1) % 12 + 1, day: 1)
    return min(first + Int32(date.day) - 1, next - 1)
  }
}

/// A period as people name it: `today`, `yesterday`, `7d`, `this-month`, `last-week`, `2026-11-02`, `2026-11`, `2026`,
/// `2026-W45`.
///
/// Weeks are those of ISO 8601: they begin on Monday, and week 1 has the year's first Thursday.
public enum NamedPeriod: Equatable, Sendable {
  /// A period of the calendar, which is the same on all days.
  case fixed(ClosedRange<Int32>)
  /// One day, so many days before today.
  case ago(days: Int32)
  /// So many days, the last of which is today.
  case last(days: Int32)
  /// The week, month or year of today, as far as it has come, or one so many before it.
  case unit(Unit, back: Int32)

  /// A period of the calendar whose name depends on today.
  public enum Unit: String, CaseIterable, Sendable {
    case week
    case month
    case year
  }

  /// The most days that `30d` and the like may have: what a report can show by days.
  private static let mostDays: Int32 = 36_525

  /// What the command line accepts, for messages.
  public static let forms =
    "a date such as 2026-11-02, a month 2026-11, a year 2026, a week 2026-W45, today, yesterday, 7d, this-week, last-month"

  /// Parses a name; nil if there is no such period.
  public init?(_ text: String) {
    switch text {
    case "today": self = .ago(days: 0)
    case "yesterday": self = .ago(days: 1)
    default:
      guard let period = Self.relative(text) ?? Self.calendar(text).map(NamedPeriod.fixed) else { return nil }
      self = period
    }
  }

  /// Parses `7d`, `this-month` and `last-month`.
  private static func relative(_ text: String) -> NamedPeriod? {
    if text.hasSuffix("d"), let days = number(text.dropLast(), digits: 1...5) {
      return (1...mostDays).contains(days) ? .last(days: days) : nil
    }
    for (prefix, back) in [("this-", Int32(0)), ("last-", 1)] where text.hasPrefix(prefix) {
      return Unit(rawValue: String(text.dropFirst(prefix.count))).map { .unit($0, back: back) }
    }
    return nil
  }

  /// Parses a date, a month, a year or a week.
  private static func calendar(_ text: String) -> ClosedRange<Int32>? {
    if let day = DayName.day(named: text) { return day...day }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let year = number(parts[0], digits: 4...4), year >= 1970 else { return nil }
    switch parts.count {
    case 1: return days(.year, of: DayName.days(year: Int(year), month: 1, day: 1))
    case 2 where parts[1].hasPrefix("W"):
      // The fourth of January is always in week 1.
      guard let week = number(parts[1].dropFirst(), digits: 2...2), week >= 1 else { return nil }
      let monday = DayName.monday(of: DayName.days(year: Int(year), month: 1, day: 4)) + (week - 1) * 7
      // A week belongs to the year of its Thursday.
      return DayName.civil(monday + 3).year == Int(year) ? monday...monday + 6 : nil
    case 2:
      guard let month = number(parts[1], digits: 2...2), (1...12).contains(month) else { return nil }
      return days(.month, of: DayName.days(year: Int(year), month: Int(month), day: 1))
    default: return nil
    }
  }

  private static func number(_ text: some StringProtocol, digits: ClosedRange<Int>) -> Int32? {
    digits.contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) } ? Int32(text) : nil
  }

  /// Returns the days of the week, month or year in which a day is.
  private static func days(_ unit: Unit, of day: Int32) -> ClosedRange<Int32> {
    let date = DayName.civil(day)
    switch unit {
    case .week:
      let monday = DayName.monday(of: day)
      return monday...monday + 6
    case .month:
      let (year, month) = date.month == 12 ? (date.year + 1, 1) : (date.year, date.month + 1)
      return DayName.days(year: date.year, month: date.month, day: 1)...DayName.days(year: year, month: month, day: 1)
        - 1
    case .year:
      return DayName.days(year: date.year, month: 1, day: 1)...DayName.days(year: date.year + 1, month: 1, day: 1) - 1
    }
  }

  /// Returns the days of the period.
  ///
  /// - Parameter today: the site's day.
  public func days(today: Int32) -> ClosedRange<Int32> {
    switch self {
    case .fixed(let days): return days
    case .ago(let days): return today - days...today - days
    case .last(let days): return today - days + 1...today
    case .unit(let unit, let back):
      var days = Self.days(unit, of: today)
      if back == 0 { return days.lowerBound...today }
      for _ in 0..<back { days = Self.days(unit, of: days.lowerBound - 1) }
      return days
    }
  }
}

/// The days that somebody asked for, each end by the name of a period: from its first day, or up to its last one.
public struct AskedDays: Equatable, Sendable {
  /// The period whose first day is the first one; nil for the first one with data.
  public var since: NamedPeriod?
  /// The period whose last day is the last one; nil for the last one with data.
  public var until: NamedPeriod?

  /// Creates days, which are all unless bounds are given.
  public init(since: NamedPeriod? = nil, until: NamedPeriod? = nil) {
    self.since = since
    self.until = until
  }

  /// Returns the first and the last day.
  ///
  /// - Parameter today: the site's day.
  public func bounds(today: Int32) -> (since: Int32?, until: Int32?) {
    (since?.days(today: today).lowerBound, until?.days(today: today).upperBound)
  }
}

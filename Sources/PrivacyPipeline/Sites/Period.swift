import Hits

/// The period whose lines are requested. Each bound is a day of the site or an instant; a missing bound leaves the
/// period open.
public struct Period: Sendable, Equatable {
  /// A bound.
  public enum Bound: Sendable, Equatable {
    /// A whole day on the site's clock, in days since 1970-01-01. As an end it is inclusive.
    case day(Int32)
    /// The first or last day of a period that depends on today, at an instant in Unix seconds, on the site's clock.
    case named(NamedPeriod, now: Int64)
    /// An instant in Unix seconds. As an end it is exclusive.
    case instant(Int64)
  }

  /// Where it begins.
  public var since: Bound?
  /// Where it ends.
  public var until: Bound?

  /// Creates a period, which is all time unless bounds are given.
  public init(since: Bound? = nil, until: Bound? = nil) {
    self.since = since
    self.until = until
  }

  /// Returns the period of a single day on a site's clock.
  public static func day(_ day: Int32) -> Period { Period(since: .day(day), until: .day(day)) }

  /// Whether it is all time.
  public var isAllTime: Bool { since == nil && until == nil }

  /// Returns the instants of the period by a site's calendar. The range is empty if the period ends before it begins.
  func instants(_ calendar: LocalCalendar) -> Range<Int64> {
    let first: Int64 =
      switch since {
      case nil: .min
      case .day(let day): calendar.start(ofDay: day)
      case .named(let period, let now): calendar.start(ofDay: period.days(today: calendar.day(at: now)).lowerBound)
      case .instant(let instant): instant
      }
    let end: Int64 =
      switch until {
      case nil: .max
      case .day(let day): calendar.start(ofDay: day + 1)
      case .named(let period, let now): calendar.start(ofDay: period.days(today: calendar.day(at: now)).upperBound + 1)
      case .instant(let instant): instant
      }
    return first..<max(first, end)
  }
}

import Hits

/// The time that lines are asked for: from and until a day of the site or an instant, open where nothing is said.
public struct Period: Sendable, Equatable {
  /// A bound.
  public enum Bound: Sendable, Equatable {
    /// A whole day on the site's clock, days since 1970-01-01; as an end it is included.
    case day(Int32)
    /// An instant in Unix seconds; as an end it is left out.
    case instant(Int64)
  }

  /// Where it begins.
  public var since: Bound?
  /// Where it ends.
  public var until: Bound?

  /// A period; all time unless bounds are given.
  public init(since: Bound? = nil, until: Bound? = nil) {
    self.since = since
    self.until = until
  }

  /// A single day on a site's clock.
  public static func day(_ day: Int32) -> Period { Period(since: .day(day), until: .day(day)) }

  /// Whether it is all time.
  public var isAllTime: Bool { since == nil && until == nil }

  /// The instants of the period by a site's calendar; empty where it ends before it begins.
  func instants(_ calendar: LocalCalendar) -> Range<Int64> {
    let first: Int64 =
      switch since {
      case nil: .min
      case .day(let day): calendar.start(ofDay: day)
      case .instant(let instant): instant
      }
    let end: Int64 =
      switch until {
      case nil: .max
      case .day(let day): calendar.start(ofDay: day + 1)
      case .instant(let instant): instant
      }
    return first..<max(first, end)
  }
}

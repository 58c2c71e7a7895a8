/// Converts instants to a site's local days and hours.
///
/// The caller passes the transitions of the site's IANA zone, so this type is a pure function. Daylight saving time
/// is handled correctly because a day starts at the first instant of its local date, whatever the clock shows then.
public struct LocalCalendar: Equatable, Sendable {
  /// An instant at which the offset of the zone changes.
  public struct Transition: Equatable, Sendable {
    /// The instant from which the offset applies, in Unix seconds.
    public var instant: Int64
    /// Seconds east of UTC.
    public var offset: Int32

    /// Creates a transition.
    public init(instant: Int64, offset: Int32) {
      self.instant = instant
      self.offset = offset
    }
  }

  private let firstOffset: Int32
  private let transitions: [Transition]

  /// Creates a calendar from the offset before the first transition, and the transitions in chronological order.
  public init(firstOffset: Int32, transitions: [Transition] = []) {
    self.firstOffset = firstOffset
    self.transitions = transitions
  }

  /// Coordinated universal time, whose offset is always 0.
  public static let utc = LocalCalendar(firstOffset: 0)

  /// Returns the offset at an instant, in seconds east of UTC.
  public func offset(at instant: Int64) -> Int32 {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].instant <= instant { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? firstOffset : transitions[low - 1].offset
  }

  /// Returns the instant at which the local clock shows this number of seconds since 1970.
  ///
  /// An hour that the clock shows twice means the first one. A time that the clock skips is interpreted with the
  /// offset before the transition.
  public func instant(ofLocal local: Int64) -> Int64 {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      let before = middle == 0 ? firstOffset : transitions[middle - 1].offset
      let shown = transitions[middle].instant + Int64(max(before, transitions[middle].offset))
      if shown <= local { low = middle + 1 } else { high = middle }
    }
    return local - Int64(low == 0 ? firstOffset : transitions[low - 1].offset)
  }

  /// Returns the local date at an instant, in days since 1970-01-01.
  public func day(at instant: Int64) -> Int32 {
    Int32((instant + Int64(offset(at: instant))).flooredQuotient(86_400))
  }

  /// Returns the first instant of a local day.
  ///
  /// This is midnight by the offset before or after a transition of that night, whichever comes first and belongs
  /// to the day. If the clock skips midnight, it is the instant of the transition.
  public func start(ofDay day: Int32) -> Int64 {
    let midnight = Int64(day) * 86_400
    let earliest = midnight - Int64(offset(at: midnight - 26 * 3_600))
    let latest = midnight - Int64(offset(at: midnight + 26 * 3_600))
    let candidates = earliest <= latest ? [earliest, latest] : [latest, earliest]
    return candidates.first { self.day(at: $0) == day } ?? candidates[0]
  }

  /// Returns the hour on the local clock for each quarter of an hour of a local day, from its start.
  public func hoursOfQuarters(ofDay day: Int32) -> [Int] {
    let length = start(ofDay: day + 1) - start(ofDay: day)
    return (0..<max(1, Int32(length / 900))).map { hour(day: day, second: $0 * 900) }
  }

  /// Returns the hour on the local clock, 0–23, at a second since the start of a local day.
  public func hour(day: Int32, second: Int32) -> Int {
    let instant = start(ofDay: day) + Int64(second)
    let local = instant + Int64(offset(at: instant))
    return Int((local - local.flooredQuotient(86_400) * 86_400) / 3_600)
  }
}

extension Int64 {
  /// Returns the quotient rounded towards minus infinity, which days before 1970 need.
  fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

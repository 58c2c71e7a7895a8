/// Turns instants into a site's local days and hours.
///
/// The transitions of the site's IANA zone are handed in, so that this stays a pure function; daylight saving is right
/// because a day starts at the first instant of its local date, whatever the clock says then.
public struct LocalCalendar: Equatable, Sendable {
  /// A moment from which on the zone has another offset.
  public struct Transition: Equatable, Sendable {
    /// Unix seconds from which on the offset holds.
    public var instant: Int64
    /// Seconds east of UTC.
    public var offset: Int32

    /// Makes a transition.
    public init(instant: Int64, offset: Int32) {
      self.instant = instant
      self.offset = offset
    }
  }

  private let firstOffset: Int32
  private let transitions: [Transition]

  /// A calendar with the offset that holds before all transitions, and the transitions in order of time.
  public init(firstOffset: Int32, transitions: [Transition] = []) {
    self.firstOffset = firstOffset
    self.transitions = transitions
  }

  /// Coordinated universal time: no offset, ever.
  public static let utc = LocalCalendar(firstOffset: 0)

  /// Seconds east of UTC at an instant.
  public func offset(at instant: Int64) -> Int32 {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].instant <= instant { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? firstOffset : transitions[low - 1].offset
  }

  /// The instant at which the local clock shows so many seconds since 1970.
  ///
  /// Of an hour that the clock shows twice the first one is meant; a time that it leaps over is read by the offset before.
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

  /// Days since 1970-01-01 of the local date at an instant.
  public func day(at instant: Int64) -> Int32 {
    Int32((instant + Int64(offset(at: instant))).flooredQuotient(86_400))
  }

  /// The first instant of a local day.
  ///
  /// It is midnight by the offset before or after a transition of that night, whichever comes first and belongs to the
  /// day; where the clock leaps over midnight, that is the instant of the leap.
  public func start(ofDay day: Int32) -> Int64 {
    let midnight = Int64(day) * 86_400
    let earliest = midnight - Int64(offset(at: midnight - 26 * 3_600))
    let latest = midnight - Int64(offset(at: midnight + 26 * 3_600))
    let candidates = earliest <= latest ? [earliest, latest] : [latest, earliest]
    return candidates.first { self.day(at: $0) == day } ?? candidates[0]
  }

  /// The hour on the local clock of each quarter of an hour of a local day, from its start.
  public func hoursOfQuarters(ofDay day: Int32) -> [Int] {
    let length = start(ofDay: day + 1) - start(ofDay: day)
    return (0..<max(1, Int32(length / 900))).map { hour(day: day, second: $0 * 900) }
  }

  /// The hour on the local clock, 0–23, of a second since the start of a local day.
  public func hour(day: Int32, second: Int32) -> Int {
    let instant = start(ofDay: day) + Int64(second)
    let local = instant + Int64(offset(at: instant))
    return Int((local - local.flooredQuotient(86_400) * 86_400) / 3_600)
  }
}

extension Int64 {
  /// The quotient rounded towards minus infinity, as days before 1970 need it.
  fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

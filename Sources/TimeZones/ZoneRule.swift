import Hits

/// The rule of a time zone for the years behind the transitions in its file, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Source of the grammar: POSIX.1-2024, environment variable TZ; hours may be -167 to 167 (RFC 9636, 3.3.1).
struct ZoneRule {
  /// Seconds east of UTC in standard time.
  let standardOffset: Int32
  private var daylight: (offset: Int32, start: Moment, end: Moment)?

  /// Whether there is no daylight saving time.
  var isConstant: Bool { daylight == nil }

  /// Reads a rule; nil if it has another form.
  init?(_ text: ArraySlice<UInt8>) {
    var reader = Reader(rest: text)
    guard reader.skipName(), let west = reader.time() else { return nil }
    standardOffset = -west
    guard !reader.rest.isEmpty else { return }
    guard reader.skipName() else { return nil }
    var offset = standardOffset + 3_600
    if reader.rest.first != UInt8(ascii: ",") {
      guard let west = reader.time() else { return nil }
      offset = -west
    }
    guard let start = reader.moment(), let end = reader.moment(), reader.rest.isEmpty else { return nil }
    daylight = (offset, start, end)
  }

  /// Returns the transitions of a year.
  func transitions(inYear year: Int) -> [LocalCalendar.Transition] {
    guard let daylight else { return [] }
    return [
      LocalCalendar.Transition(
        instant: daylight.start.local(inYear: year) - Int64(standardOffset), offset: daylight.offset),
      LocalCalendar.Transition(
        instant: daylight.end.local(inYear: year) - Int64(daylight.offset), offset: standardOffset),
    ]
  }

  /// A day of the year, and a time on the clock.
  private struct Moment {
    enum Day {
      /// `Jn`: the day of the year, 1 to 365; February 29 is not counted.
      case withoutLeapDay(Int)
      /// `n`: the day of the year, 0 to 365.
      case ofYear(Int)
      /// `Mm.w.d`: the week of the month, where 5 is the last, and the day of the week, where 0 is Sunday.
      case ofWeek(month: Int, week: Int, day: Int)
    }

    var day: Day
    /// Seconds since midnight.
    var time: Int32

    /// Returns what the clock shows, in seconds since 1970.
    func local(inYear year: Int) -> Int64 { Int64(date(inYear: year)) * 86_400 + Int64(time) }

    private func date(inYear year: Int) -> Int32 {
      let first = DayName.days(year: year, month: 1, day: 1)
      switch day {
      case .withoutLeapDay(let number):
        let isLeap = DayName.days(year: year + 1, month: 1, day: 1) - first == 366
        return first + Int32(number - 1) + (isLeap && number >= 60 ? 1 : 0)
      case .ofYear(let number):
        return first + Int32(number)
      case .ofWeek(let month, let week, let day):
        let start = DayName.days(year: year, month: month, day: 1)
        let next =
          month == 12
          ? DayName.days(year: year + 1, month: 1, day: 1) : DayName.days(year: year, month: month + 1, day: 1)
        // Sunday is the sixth day after a Monday.
        let weekday = (start - DayName.monday(of: start) + 1) % 7
        var date = start + (Int32(day) - weekday + 7) % 7 + Int32(week - 1) * 7
        while date >= next { date -= 7 }
        return date
      }
    }
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    /// Skips a name: letters, or anything in angle brackets. Returns false if there is none.
    mutating func skipName() -> Bool {
      let before = rest.count
      if rest.first == UInt8(ascii: "<") {
        guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
        rest = rest[(end + 1)...]
      } else {
        rest = rest.drop { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0 & 0xDF) }
      }
      return rest.count < before
    }

    /// Reads `[+-]hh[:mm[:ss]]`, in seconds.
    mutating func time() -> Int32? {
      let isNegative = rest.first == UInt8(ascii: "-")
      if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      guard var seconds = number(to: 167).map({ $0 * 3_600 }) else { return nil }
      for unit in [60, 1] where skip(UInt8(ascii: ":")) {
        guard let number = number(to: 59) else { return nil }
        seconds += number * unit
      }
      return Int32(isNegative ? -seconds : seconds)
    }

    /// Reads `,date[/time]`; the time is two o'clock if it is omitted.
    mutating func moment() -> Moment? {
      guard skip(UInt8(ascii: ",")), let day = day() else { return nil }
      guard skip(UInt8(ascii: "/")) else { return Moment(day: day, time: 7_200) }
      return time().map { Moment(day: day, time: $0) }
    }

    private mutating func day() -> Moment.Day? {
      if skip(UInt8(ascii: "J")) {
        return number(to: 365).flatMap { $0 > 0 ? .withoutLeapDay($0) : nil }
      }
      guard skip(UInt8(ascii: "M")) else { return number(to: 365).map { .ofYear($0) } }
      guard let month = number(to: 12), month > 0, skip(UInt8(ascii: ".")),
        let week = number(to: 5), week > 0, skip(UInt8(ascii: ".")), let day = number(to: 6)
      else { return nil }
      return .ofWeek(month: month, week: week, day: day)
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
      guard rest.first == byte else { return false }
      rest = rest.dropFirst()
      return true
    }

    private mutating func number(to limit: Int) -> Int? {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard (1...3).contains(digits.count) else { return nil }
      rest = rest.dropFirst(digits.count)
      let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
      return value <= limit ? value : nil
    }
  }
}

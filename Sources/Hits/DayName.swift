/// Formats and parses days, counted from 1970-01-01, as ISO 8601 dates of the proleptic Gregorian calendar.
///
/// Source of the rule: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
public enum DayName {
  /// Returns the date of a day, given in days since 1970-01-01.
  public static func civil(_ day: Int32) -> (year: Int, month: Int, day: Int) {
    let shifted = Int(day) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  /// Returns the number of days from 1970-01-01 to a date.
  public static func days(year: Int, month: Int, day: Int) -> Int32 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Returns the name of a day, for example `2026-09-01`.
  public static func name(_ day: Int32) -> String {
    let date = civil(day)
    return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2)
  }

  /// Returns the day of a name such as `2026-09-01`; nil if the name is not a date of the calendar.
  public static func day(named name: String) -> Int32? {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let date = Int(parts[2]),
      (1...12).contains(month), (1...31).contains(date)
    else { return nil }
    let day = days(year: year, month: month, day: date)
    return civil(day) == (year, month, date) ? day : nil
  }

  /// Returns the Monday on or before a day.
  public static func monday(of day: Int32) -> Int32 {
    // 1970-01-01 was a Thursday, three days after a Monday.
    let sinceMonday = (day % 7 + 7 + 3) % 7
    return day - sinceMonday
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

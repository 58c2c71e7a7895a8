import ByteScanning

/// Parses the parts of dates and computes days, for all readers of times.
enum CivilTime {
  /// Returns the days since 1970-01-01 of a date in the years 1970–2100; nil if there is no such date.
  static func days(year: Int, month: Int, day: Int) -> Int64? {
    guard (1970...2100).contains(year), (1...12).contains(month), (1...lengthOf(month, year)).contains(day)
    else { return nil }
    return daysSinceEpoch(year, month, day)
  }

  private static func lengthOf(_ month: Int, _ year: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
  }

  /// Returns the days since 1970-01-01 (Hinnant, days_from_civil).
  private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return Int64(era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
  }

  /// Parses a number of exactly `digits` digits at `start`; returns nil if another byte or `end` comes first.
  @inline(__always)
  static func number(_ bytes: Span<UInt8>, _ start: Int, _ digits: Int, before end: Int) -> Int? {
    guard start + digits <= end else { return nil }
    var value = 0
    for index in start..<start + digits {
      let digit = bytes[index] &- 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  /// Returns the seconds of `HH:MM:SS` at `start`. A leap second counts as the one before it.
  static func clock(_ bytes: Span<UInt8>, _ start: Int, before end: Int) -> Int64? {
    guard let hour = number(bytes, start, 2, before: end), let minute = number(bytes, start + 3, 2, before: end),
      let second = number(bytes, start + 6, 2, before: end), bytes[start + 2] == Byte.colon,
      bytes[start + 5] == Byte.colon, hour <= 23, minute <= 59, second <= 60
    else { return nil }
    return Int64(hour * 3_600 + minute * 60 + min(second, 59))
  }

  /// Parses an offset such as `Z`, `+0530`, `+05:30` or `-08`. Returns the seconds east of UTC and the index after
  /// it.
  static func offset(_ bytes: Span<UInt8>, _ start: Int, before end: Int) -> (seconds: Int64, end: Int)? {
    guard start < end else { return nil }
    if bytes[start] | 0x20 == 0x7A { return (0, start + 1) }
    guard bytes[start] == Byte.plus || bytes[start] == Byte.hyphen,
      let hours = number(bytes, start + 1, 2, before: end),
      hours <= 15
    else { return nil }
    var next = start + 3
    let hasColon = next < end && bytes[next] == Byte.colon
    var minutes = 0
    if let found = number(bytes, next + (hasColon ? 1 : 0), 2, before: end) {
      guard found <= 59 else { return nil }
      minutes = found
      next += hasColon ? 3 : 2
    }
    let seconds = Int64(hours * 3_600 + minutes * 60)
    return (bytes[start] == Byte.hyphen ? -seconds : seconds, next)
  }

  /// Returns the number of the English month whose first three letters are at `start`, in any case.
  static func month(_ bytes: Span<UInt8>, _ start: Int, before end: Int) -> Int? {
    guard start + 3 <= end else { return nil }
    let key =
      UInt32(bytes[start] | 0x20) << 16 | UInt32(bytes[start + 1] | 0x20) << 8 | UInt32(bytes[start + 2] | 0x20)
    switch key {
    case 0x6A616E: return 1
    case 0x666562: return 2
    case 0x6D6172: return 3
    case 0x617072: return 4
    case 0x6D6179: return 5
    case 0x6A756E: return 6
    case 0x6A756C: return 7
    case 0x617567: return 8
    case 0x736570: return 9
    case 0x6F6374: return 10
    case 0x6E6F76: return 11
    case 0x646563: return 12
    default: return nil
    }
  }
}

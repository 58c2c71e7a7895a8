import ByteScanning

/// Reads `dd/Mon/yyyy:HH:MM:SS ±hhmm`, the time of Apache and nginx logs.
///
/// Consecutive lines mostly share the minute and the offset: their sum is remembered, so that a line costs a comparison
/// and two digits. Source of the rule: Apache's mod_log_config, `%t`.
public struct LogTimestamp: Sendable {
  /// The bytes of a time without its brackets.
  public static let length = 26

  private var known = [UInt8](repeating: 0, count: LogTimestamp.length)
  private var knownMinute: Int64 = 0

  /// A reader that has read nothing yet.
  public init() {}

  /// Unix seconds of the time at `start`, or nil where it is none of the years 1970–2100.
  public mutating func read(_ bytes: Span<UInt8>, at start: Int) -> Int64? {
    guard start + Self.length <= bytes.count else { return nil }
    guard let second = Self.number(bytes, start + 18, 2), second <= 60 else { return nil }
    if isKnown(bytes, start) { return knownMinute + Int64(min(second, 59)) }
    guard let minute = Self.minute(bytes, start) else { return nil }
    for offset in 0..<Self.length { known[offset] = bytes[start + offset] }
    knownMinute = minute
    return minute + Int64(min(second, 59))
  }

  /// Whether the time has the minute and offset of the one read last.
  private func isKnown(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    ByteSearch.areEqual(bytes, from: start, known.span, from: 0, count: 18)
      && ByteSearch.areEqual(bytes, from: start + 20, known.span, from: 20, count: 6)
  }

  /// Unix seconds of the time's minute.
  private static func minute(_ bytes: Span<UInt8>, _ start: Int) -> Int64? {
    guard bytes[start + 2] == Byte.slash, bytes[start + 6] == Byte.slash, bytes[start + 11] == Byte.colon,
      bytes[start + 14] == Byte.colon, bytes[start + 17] == Byte.colon, bytes[start + 20] == Byte.space,
      let day = number(bytes, start, 2), let month = month(bytes, start + 3),
      let year = number(bytes, start + 7, 4), let hour = number(bytes, start + 12, 2),
      let minute = number(bytes, start + 15, 2), let offsetHours = number(bytes, start + 22, 2),
      let offsetMinutes = number(bytes, start + 24, 2), (1970...2100).contains(year), hour <= 23,
      minute <= 59, offsetHours <= 15, offsetMinutes <= 59, (1...daysOf(month, year)).contains(day)
    else { return nil }
    let sign: Int64
    switch bytes[start + 21] {
    case Byte.plus: sign = 1
    case Byte.hyphen: sign = -1
    default: return nil
    }
    let local = daysSinceEpoch(year, month, day) * 86_400 + Int64(hour * 3_600 + minute * 60)
    return local - sign * Int64(offsetHours * 3_600 + offsetMinutes * 60)
  }

  private static func daysOf(_ month: Int, _ year: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days since 1970-01-01 (Hinnant, days_from_civil).
  private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return Int64(era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
  }

  private static func number(_ bytes: Span<UInt8>, _ start: Int, _ digits: Int) -> Int? {
    var value = 0
    for index in start..<start + digits {
      let digit = bytes[index] &- 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  /// The number of an English month's first three letters, in any case.
  private static func month(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
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

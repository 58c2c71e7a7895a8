import ByteScanning
import Hits

/// Parses times of all forms, and caches the last minute and day.
///
/// Times need no delimiter, so a format need not say what follows them.
struct TimeReader: Sendable {
  /// An instant or part of one, and the index after its last byte.
  struct Reading {
    var seconds: Int64
    var end: Int
  }

  /// The zone of times that have no offset.
  private(set) var zone: LocalCalendar
  private var clock = LogTimestamp()
  private var knownDate = [UInt8](repeating: 0, count: 10)
  private var knownDays: Int64 = 0

  init(zone: LocalCalendar) {
    self.zone = zone
  }

  /// Parses `dd/Mon/yyyy:HH:MM:SS ±hhmm`.
  @inline(__always)
  mutating func readCommon(_ bytes: Span<UInt8>, at start: Int) -> Int64? {
    clock.read(bytes, at: start)
  }

  /// Parses a time of this form; returns nil if there is none in the years 1970–2100.
  mutating func read(
    _ form: TimeForm, _ literals: [UInt8], _ bytes: Span<UInt8>, at start: Int, before end: Int
  ) -> Reading? {
    switch form {
    case .standard: readStandard(bytes, start, end)
    case .date: days(bytes, start, end).map { Reading(seconds: $0 * 86_400, end: start + 10) }
    case .clock: readClock(bytes, start, end)
    case .pattern(let pattern):
      TimePattern.read(literals, pattern.range, bytes, at: start, before: end).map { moment in
        Reading(seconds: moment.isLocal ? zone.instant(ofLocal: moment.seconds) : moment.seconds, end: moment.end)
      }
    }
  }

  private mutating func readStandard(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Reading? {
    guard start + 5 <= end else { return nil }
    if bytes[start + 2] == Byte.slash { return readSlashed(bytes, start, end) }
    let isDate = bytes[start + 4] == Byte.hyphen || bytes[start + 4] == Byte.slash
    return isDate ? readDate(bytes, start, end) : Self.readEpoch(bytes, start, end)
  }

  /// Parses the instant between two brackets, in any of the usual forms; `UTC` or `GMT` may replace the offset.
  mutating func readBracketed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int64? {
    guard let reading = readStandard(bytes, start, end) else { return nil }
    if reading.end == end { return reading.seconds }
    let isOfUTC = Self.zoneNames.contains { name in
      end - reading.end == name.count && ByteSearch.matches(name, in: bytes, at: reading.end, before: end)
    }
    return isOfUTC ? readUTC(bytes, start, reading.end) : nil
  }

  /// Parses the same time again as UTC, if it has no offset. It is not computed from the result for the log's zone,
  /// whose clock repeats some hours and skips others.
  private mutating func readUTC(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int64? {
    let own = zone
    zone = .utc
    defer { zone = own }
    return readStandard(bytes, start, end)?.seconds
  }

  private static let zoneNames = [" UTC", " GMT"].map { Array($0.utf8) }

  /// Parses `10/Oct/2024:13:55:36 +0000`, and HAProxy's `10/Oct/2024:13:55:36.123` without an offset. Python's
  /// servers write a blank instead of the first colon.
  private mutating func readSlashed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Reading? {
    if start + LogTimestamp.length <= end, let seconds = clock.read(bytes, at: start) {
      return Reading(seconds: seconds, end: start + LogTimestamp.length)
    }
    guard start + 20 <= end, bytes[start + 6] == Byte.slash,
      bytes[start + 11] == Byte.colon || bytes[start + 11] == Byte.space,
      let day = CivilTime.number(bytes, start, 2, before: end),
      let month = CivilTime.month(bytes, start + 3, before: end),
      let year = CivilTime.number(bytes, start + 7, 4, before: end),
      let days = CivilTime.days(year: year, month: month, day: day),
      let seconds = CivilTime.clock(bytes, start + 12, before: end)
    else { return nil }
    return withOffset(days * 86_400 + seconds, bytes, start + 20, end)
  }

  /// Parses `2024-10-10T13:55:36Z`, with `T` or a blank, with hyphens or slashes in the date, with or without a
  /// fraction, with any offset or none. With an underscore instead of the `T`, as svlogd writes it, the time is in
  /// UTC.
  mutating func readDate(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Reading? {
    guard start + 19 <= end, let days = days(bytes, start, end),
      let seconds = CivilTime.clock(bytes, start + 11, before: end)
    else { return nil }
    switch bytes[start + 10] {
    // Date and clock may be columns of their own.
    case Byte.space, 0x54, 0x74, Byte.tab, Byte.bar, Byte.comma, Byte.semicolon:
      return withOffset(days * 86_400 + seconds, bytes, start + 19, end)
    case Byte.underscore:
      return Reading(seconds: days * 86_400 + seconds, end: Self.afterFraction(bytes, start + 19, end))
    default: return nil
    }
  }

  /// Skips the fraction and applies the offset after a local time.
  private func withOffset(_ local: Int64, _ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Reading {
    var next = Self.afterFraction(bytes, start, end)
    let blank = next < end && bytes[next] == Byte.space ? 1 : 0
    if let offset = CivilTime.offset(bytes, next + blank, before: end), blank == 0 || offset.end >= next + 4 {
      return Reading(seconds: local - offset.seconds, end: offset.end)
    }
    next = min(next, end)
    return Reading(seconds: zone.instant(ofLocal: local), end: next)
  }

  /// Returns the index after the fraction of a second at `start`, if there is one.
  static func afterFraction(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard start + 1 < end, bytes[start] == Byte.dot || bytes[start] == Byte.comma, bytes[start + 1] &- 0x30 <= 9
    else { return start }
    var next = start + 1
    while next < end, bytes[next] &- 0x30 <= 9 { next += 1 }
    return next
  }

  /// Parses seconds, milli-, micro- or nanoseconds since 1970, distinguished by their magnitude, with or without
  /// decimals.
  private static func readEpoch(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Reading? {
    var value: Int64 = 0
    var next = start
    while next < end, next - start < 19, bytes[next] &- 0x30 <= 9 {
      value = value &* 10 &+ Int64(bytes[next] &- 0x30)
      next += 1
    }
    guard next > start, value > 0 else { return nil }
    while value >= latest { value /= 1_000 }
    return Reading(seconds: value, end: afterFraction(bytes, next, end))
  }

  /// The first instant of 2101.
  private static let latest: Int64 = 4_133_980_800

  private func readClock(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Reading? {
    CivilTime.clock(bytes, start, before: end).map {
      Reading(seconds: $0, end: Self.afterFraction(bytes, start + 8, end))
    }
  }

  /// Returns the days since 1970 of `2024-10-10` or `2024/10/10`.
  private mutating func days(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int64? {
    guard start + 10 <= end else { return nil }
    if ByteSearch.areEqual(bytes, from: start, knownDate.span, from: 0, count: 10) { return knownDays }
    guard bytes[start + 4] == Byte.hyphen || bytes[start + 4] == Byte.slash, bytes[start + 7] == bytes[start + 4],
      let year = CivilTime.number(bytes, start, 4, before: end),
      let month = CivilTime.number(bytes, start + 5, 2, before: end),
      let day = CivilTime.number(bytes, start + 8, 2, before: end),
      let days = CivilTime.days(year: year, month: month, day: day)
    else { return nil }
    for offset in 0..<10 { knownDate[offset] = bytes[start + offset] }
    knownDays = days
    return days
  }
}

import ByteScanning

/// Parses `dd/Mon/yyyy:HH:MM:SS ±hhmm`, the time of Apache and nginx logs.
///
/// Consecutive lines mostly share the minute and the offset. Their sum is cached, so a line costs a comparison and
/// two digits. Source of the rule: Apache's mod_log_config, `%t`.
public struct LogTimestamp: Sendable {
  /// The length of a time without its brackets, in bytes.
  public static let length = 26

  private var known = [UInt8](repeating: 0, count: LogTimestamp.length)
  private var knownMinute: Int64 = 0

  /// Creates a reader with an empty cache.
  public init() {}

  /// Returns the time at `start` in Unix seconds, or nil if there is no time in the years 1970–2100.
  public mutating func read(_ bytes: Span<UInt8>, at start: Int) -> Int64? {
    guard start + Self.length <= bytes.count else { return nil }
    guard let second = CivilTime.number(bytes, start + 18, 2, before: start + Self.length), second <= 60 else {
      return nil
    }
    if isKnown(bytes, start) { return knownMinute + Int64(min(second, 59)) }
    guard let minute = Self.minute(bytes, start) else { return nil }
    for offset in 0..<Self.length { known[offset] = bytes[start + offset] }
    knownMinute = minute
    return minute + Int64(min(second, 59))
  }

  /// Whether the time has the same minute and offset as the last one.
  private func isKnown(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    ByteSearch.areEqual(bytes, from: start, known.span, from: 0, count: 18)
      && ByteSearch.areEqual(bytes, from: start + 20, known.span, from: 20, count: 6)
  }

  /// Returns the Unix seconds of the time's minute.
  private static func minute(_ bytes: Span<UInt8>, _ start: Int) -> Int64? {
    let end = start + length
    guard bytes[start + 2] == Byte.slash, bytes[start + 6] == Byte.slash, bytes[start + 11] == Byte.colon,
      bytes[start + 14] == Byte.colon, bytes[start + 17] == Byte.colon, bytes[start + 20] == Byte.space,
      let day = CivilTime.number(bytes, start, 2, before: end),
      let month = CivilTime.month(bytes, start + 3, before: end),
      let year = CivilTime.number(bytes, start + 7, 4, before: end),
      let hour = CivilTime.number(bytes, start + 12, 2, before: end),
      let minute = CivilTime.number(bytes, start + 15, 2, before: end), hour <= 23, minute <= 59,
      let days = CivilTime.days(year: year, month: month, day: day), bytes[start + 21] != 0x7A,
      bytes[start + 21] != 0x5A,
      let offset = CivilTime.offset(bytes, start + 21, before: end), offset.end == end
    else { return nil }
    return days * 86_400 + Int64(hour * 3_600 + minute * 60) - offset.seconds
  }
}

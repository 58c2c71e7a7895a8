import ByteScanning

/// Parses times that `strftime` wrote, with the pattern from the server's configuration.
///
/// Source of the rule: Apache's mod_log_config, `%{format}t`, and POSIX's `strftime`. Fractions of a second are
/// skipped.
enum TimePattern {
  /// The parsed time: Unix seconds, or seconds on the local clock if the pattern has no offset.
  struct Moment {
    var seconds: Int64
    var isLocal: Bool
    var end: Int
  }

  private struct Parts {
    var year = 1970
    var month = 1
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0
    var isAfternoon: Bool?
    var offset: Int64?
    var epoch: Int64?

    var moment: (seconds: Int64, isLocal: Bool)? {
      if let epoch { return (epoch, false) }
      guard let days = CivilTime.days(year: year, month: month, day: day), hour <= 23, minute <= 59, second <= 60
      else { return nil }
      var hours = hour
      if let isAfternoon { hours = hour % 12 + (isAfternoon ? 12 : 0) }
      let local = days * 86_400 + Int64(hours * 3_600 + minute * 60 + min(second, 59))
      return (local - (offset ?? 0), offset == nil)
    }
  }

  /// Returns the pattern with combined directives expanded; nil if it contains a directive that cannot be read.
  static func expanded(_ pattern: String) -> String? {
    var text = pattern
    for (short, long) in [("%T", "%H:%M:%S"), ("%R", "%H:%M"), ("%F", "%Y-%m-%d"), ("%D", "%m/%d/%y")] {
      text = text.replacing(short, with: long)
    }
    let pieces = text.replacing("%%", with: "").split(separator: "%", omittingEmptySubsequences: false).dropFirst()
    return pieces.allSatisfy { piece in piece.first.map { "YmdeHIklMSypzsbBhaAZjft".contains($0) } ?? false }
      ? text : nil
  }

  /// Parses a time with this pattern at `start`.
  static func read(
    _ pattern: [UInt8], _ range: Range<Int>, _ bytes: Span<UInt8>, at start: Int, before end: Int
  ) -> Moment? {
    var parts = Parts()
    var next = start
    var index = range.lowerBound
    while index < range.upperBound {
      if pattern[index] == Byte.percent, index + 1 < range.upperBound {
        guard let after = take(pattern[index + 1], bytes, next, end, &parts) else { return nil }
        next = after
        index += 2
      } else {
        guard next < end, bytes[next] == pattern[index] else { return nil }
        next += 1
        index += 1
      }
    }
    return parts.moment.map { Moment(seconds: $0.seconds, isLocal: $0.isLocal, end: next) }
  }

  /// Parses what a directive writes, and returns the index after it.
  private static func take(
    _ directive: UInt8, _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ parts: inout Parts
  ) -> Int? {
    switch directive {
    case UInt8(ascii: "Y"): number(bytes, start, 4, end, &parts.year)
    case UInt8(ascii: "m"): number(bytes, start, 2, end, &parts.month)
    case UInt8(ascii: "d"), UInt8(ascii: "e"): number(bytes, start, 2, end, &parts.day)
    case UInt8(ascii: "H"), UInt8(ascii: "I"), UInt8(ascii: "k"), UInt8(ascii: "l"):
      number(bytes, start, 2, end, &parts.hour)
    case UInt8(ascii: "M"): number(bytes, start, 2, end, &parts.minute)
    case UInt8(ascii: "S"): number(bytes, start, 2, end, &parts.second)
    case UInt8(ascii: "y"): shortYear(bytes, start, end, &parts)
    case UInt8(ascii: "p"): halfOfDay(bytes, start, end, &parts)
    case UInt8(ascii: "z"): offset(bytes, start, end, &parts)
    case UInt8(ascii: "s"): epoch(bytes, start, end, &parts)
    case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "h"): monthName(bytes, start, end, &parts)
    case UInt8(ascii: "a"), UInt8(ascii: "A"): word(bytes, start, end)
    case UInt8(ascii: "Z"): zoneName(bytes, start, end)
    case UInt8(ascii: "j"), UInt8(ascii: "f"): digits(bytes, start, end)
    case UInt8(ascii: "t"): start < end && bytes[start] == Byte.tab ? start + 1 : nil
    case Byte.percent: start < end && bytes[start] == Byte.percent ? start + 1 : nil
    default: nil
    }
  }

  /// Parses a number of up to `width` digits, with blanks instead of leading zeros.
  private static func number(
    _ bytes: Span<UInt8>, _ start: Int, _ width: Int, _ end: Int, _ value: inout Int
  ) -> Int? {
    var next = start
    while next < end, next - start < width - 1, bytes[next] == Byte.space { next += 1 }
    let first = next
    value = 0
    while next < end, next - start < width, bytes[next] &- 0x30 <= 9 {
      value = value * 10 + Int(bytes[next] - 0x30)
      next += 1
    }
    return next > first ? next : nil
  }

  private static func shortYear(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ parts: inout Parts) -> Int? {
    guard let next = number(bytes, start, 2, end, &parts.year) else { return nil }
    parts.year += parts.year < 69 ? 2000 : 1900
    return next
  }

  private static func halfOfDay(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ parts: inout Parts) -> Int? {
    guard start + 2 <= end, bytes[start + 1] | 0x20 == 0x6D else { return nil }
    parts.isAfternoon = bytes[start] | 0x20 == 0x70
    return start + 2
  }

  private static func offset(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ parts: inout Parts) -> Int? {
    guard let offset = CivilTime.offset(bytes, start, before: end) else { return nil }
    parts.offset = offset.seconds
    return offset.end
  }

  private static func epoch(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ parts: inout Parts) -> Int? {
    guard let next = digits(bytes, start, end), next - start <= 10 else { return nil }
    var value: Int64 = 0
    for index in start..<next { value = value * 10 + Int64(bytes[index] - 0x30) }
    parts.epoch = value
    return next
  }

  private static func monthName(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ parts: inout Parts) -> Int? {
    guard let month = CivilTime.month(bytes, start, before: end) else { return nil }
    parts.month = month
    return word(bytes, start, end)
  }

  private static func word(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var next = start
    while next < end, isLetter(bytes[next]) { next += 1 }
    return next > start ? next : nil
  }

  /// Skips a zone name, such as `CEST`. Zones without a name are written as their offset, `-03`.
  private static func zoneName(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    let isSigned = start < end && (bytes[start] == Byte.plus || bytes[start] == Byte.hyphen)
    return isSigned ? digits(bytes, start + 1, end) : word(bytes, start, end)
  }

  private static func digits(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var next = start
    while next < end, bytes[next] &- 0x30 <= 9 { next += 1 }
    return next > start ? next : nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20)
  }
}

import Hits
import PrivacyPipeline

/// Parses the bounds of a period: a date, `2026-11-01`, or an instant with its offset, `2026-11-01T12:00:00Z`.
public enum PeriodText {
  /// - Throws: ``ImportFailure/usage(_:)``.
  static func bound(_ text: String, name: String) throws -> Period.Bound {
    if let day = DayName.day(named: text) { return .day(day) }
    if let instant = instant(text) { return .instant(instant) }
    throw ImportFailure.usage(
      "--\(name) '\(text)' is neither a date such as 2026-11-01 nor an instant such as 2026-11-01T12:00:00+01:00")
  }

  /// Returns the Unix seconds of an instant in ISO 8601 with `Z` or an offset; its seconds may be omitted.
  private static func instant(_ text: String) -> Int64? {
    let parts = text.wholeMatch(of: /(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d))?(?:Z|([+-]\d\d):?(\d\d))/)?.output
    guard let parts, let day = DayName.day(named: String(parts.1)), let hour = Int64(parts.2), hour < 24,
      let minute = Int64(parts.3), minute < 60, let second = Int64(parts.4 ?? "0"), second < 60,
      let east = Int64(parts.5 ?? "0"), let eastMinutes = Int64(parts.6 ?? "0"), eastMinutes < 60
    else { return nil }
    let offset = (abs(east) * 60 + eastMinutes) * (parts.5?.first == "-" ? -60 : 60)
    return Int64(day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
  }
}

import Hits
import PrivacyPipeline

/// Parses the bounds of a period: the name of a period whose first or last day it is (``NamedPeriod``), or an instant with
/// its offset, `2026-11-01T12:00:00Z`.
public enum PeriodText {
  /// Which end of a period a bound is, and the flag that gives it.
  enum End: String {
    case since
    case until
  }

  /// - Parameter now: the instant that decides what day is today, in Unix seconds.
  /// - Throws: ``ImportFailure/usage(_:)``.
  static func bound(_ text: String, _ end: End, now: Int64) throws -> Period.Bound {
    switch NamedPeriod(text) {
    case .fixed(let days): return .day(end == .since ? days.lowerBound : days.upperBound)
    case let period?: return .named(period, now: now)
    case nil: break
    }
    if let instant = instant(text) { return .instant(instant) }
    throw ImportFailure.usage(
      "--\(end.rawValue) '\(text)' is neither an instant such as 2026-11-01T12:00:00+01:00 nor \(NamedPeriod.forms)")
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

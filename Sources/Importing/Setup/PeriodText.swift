import Foundation
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
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime]
    let withSeconds = text.replacing(/T(\d\d:\d\d)(?=Z|[+-]\d\d:?\d\d$)/) { "T\($0.output.1):00" }
    return formatter.date(from: withSeconds).map { Int64($0.timeIntervalSince1970) }
  }
}

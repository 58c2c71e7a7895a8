import Foundation
import Hits

/// Instants as text, in UTC.
enum TimeText {
  /// Returns the text for people: `2026-11-03 04:17 UTC`.
  static func minute(_ seconds: Int64) -> String {
    "\(date(seconds)) \(clock(seconds).prefix(5)) UTC"
  }

  /// Returns the text for scripts, in ISO 8601: `2026-11-03T04:17:05Z`.
  static func iso(_ seconds: Int64) -> String {
    "\(date(seconds))T\(clock(seconds))Z"
  }

  private static func date(_ seconds: Int64) -> String {
    DayName.name(LocalCalendar.utc.day(at: seconds))
  }

  /// `2026-11-29 10:00:05`, on the clock of this machine.
  static func local(_ instant: Date) -> String {
    var seconds = time_t(instant.timeIntervalSince1970)
    var parts = unsafe tm()
    unsafe localtime_r(&seconds, &parts)
    let shown = unsafe Int64(seconds) + Int64(parts.tm_gmtoff)
    return "\(date(shown)) \(clock(shown))"
  }

  private static func clock(_ seconds: Int64) -> String {
    let second = seconds - Int64(LocalCalendar.utc.day(at: seconds)) * 86_400
    return [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}

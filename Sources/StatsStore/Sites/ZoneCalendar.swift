import Foundation
import Hits

/// Creates calendars from time zones of the IANA database.
public enum ZoneCalendar {
  /// Returns the calendar of a time zone such as `Europe/Berlin`; nil if there is no such zone.
  ///
  /// Transitions are read from 1990 to 2060, more than any access log spans.
  public static func calendar(named name: String) -> LocalCalendar? {
    if name == "UTC" { return .utc }
    guard TimeZone.knownTimeZoneIdentifiers.contains(name) || name.hasPrefix("Etc/"),
      let zone = TimeZone(identifier: name)
    else { return nil }
    let first = Date(timeIntervalSince1970: 631_152_000)
    let last = Date(timeIntervalSince1970: 2_840_140_800)
    var transitions: [LocalCalendar.Transition] = []
    var moment = first
    while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < last, next > moment {
      transitions.append(
        LocalCalendar.Transition(
          instant: Int64(next.timeIntervalSince1970.rounded()), offset: Int32(zone.secondsFromGMT(for: next))))
      moment = next
    }
    return LocalCalendar(
      firstOffset: Int32(zone.secondsFromGMT(for: first)), transitions: transitions)
  }

  /// Returns the names of time zones similar to a mistyped one, for the error message.
  public static func suggestions(for name: String) -> [String] {
    let wanted = name.lowercased().split(separator: "/").last.map(String.init) ?? ""
    guard wanted.count >= 3 else { return [] }
    return TimeZone.knownTimeZoneIdentifiers.filter {
      let place = ($0.split(separator: "/").last ?? "").lowercased()
      return place == wanted || place.hasPrefix(wanted.prefix(4))
    }.prefix(3).map { $0 }
  }
}

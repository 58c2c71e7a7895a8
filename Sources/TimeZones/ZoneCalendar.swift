import Hits
import Synchronization

/// Creates calendars from time zones of the IANA database.
public enum ZoneCalendar {
  /// The years that a calendar covers, more than any access log spans.
  static let years = 1990..<2060

  private static let known = Mutex<[String: LocalCalendar]>([:])

  /// Returns the calendar of a time zone such as `Europe/Berlin`.
  ///
  /// - Throws: ``ZoneFault``.
  public static func calendar(named name: String) throws(ZoneFault) -> LocalCalendar {
    if name == "UTC" { return .utc }
    if let calendar = known.withLock({ $0[name] }) { return calendar }
    guard let zone = ZoneFile(try ZoneFolder.contents(ofZone: name)) else {
      throw .damaged(path: ZoneFolder.path + "/" + name)
    }
    let calendar = zone.calendar(years: years)
    known.withLock { $0[name] = calendar }
    return calendar
  }
}

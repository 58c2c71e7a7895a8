import Hits
import TimeZones

/// The reason why an import could not be done at all.
public enum ImportFailure: Error, CustomStringConvertible {
  /// The options or arguments are wrong.
  case usage(String)
  /// Something it needs is missing or cannot be read.
  case failed(String)
  /// A file or standard output could not be written.
  case inputOutput(String)

  /// What happened, why, and what to do; one line per input if several are at fault.
  public var description: String {
    switch self {
    case .usage(let text), .failed(let text), .inputOutput(let text): text
    }
  }

  /// Returns the calendar of the time zone that somebody named.
  ///
  /// - Throws: ``usage(_:)`` if there is no such zone, ``failed(_:)`` if this machine lacks time zones.
  public static func calendar(named name: String) throws(ImportFailure) -> LocalCalendar {
    do { return try ZoneCalendar.calendar(named: name) } catch {
      if case .unknown = error { throw .usage(error.description) }
      throw .failed(error.description)
    }
  }
}

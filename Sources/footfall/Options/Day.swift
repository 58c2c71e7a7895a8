import ArgumentParser
import Hits

/// A day given on the command line, such as `2026-11-01`.
struct Day: ExpressibleByArgument {
  /// Days since 1970-01-01.
  let number: Int32

  init?(argument: String) {
    guard let number = DayName.day(named: argument) else { return nil }
    self.number = number
  }
}

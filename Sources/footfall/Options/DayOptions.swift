import ArgumentParser
import Foundation
import Hits

extension NamedPeriod: ExpressibleByArgument {
  /// Parses a period from the command line.
  public init?(argument: String) { self.init(argument) }
}

/// Flags that choose days.
struct DayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "First day: 2026-11-01, or the first one of a period, as for --period (default: the first one with data).",
      valueName: "period"))
  var since: NamedPeriod?

  @Option(
    help: ArgumentHelp(
      "Last day, inclusive, or the last one of a period (default: the last one with data).", valueName: "period"))
  var until: NamedPeriod?

  @Option(
    help: ArgumentHelp(
      "Both: today, yesterday, 7d, 30d, this-month, last-month, 2026-11, 2026, 2026-W45. The site's zone decides.",
      valueName: "period"))
  var period: NamedPeriod?

  /// The days of the flags.
  var asked: AskedDays { AskedDays(since: period ?? since, until: period ?? until) }

  func validate() throws {
    if period != nil, since != nil || until != nil {
      throw ValidationError("--period sets both ends; omit it, or --since and --until")
    }
    let bounds = asked.bounds(today: LocalCalendar.utc.day(at: Int64(Date().timeIntervalSince1970)))
    if let since = bounds.since, let until = bounds.until, since > until {
      throw ValidationError("--since is later than --until")
    }
  }
}

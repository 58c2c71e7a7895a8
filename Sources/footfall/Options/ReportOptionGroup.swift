import ArgumentParser
import Reporting
import StatsStore

/// The flags that say which report is asked for.
struct ReportOptionGroup: ParsableArguments {
  @Option(help: ArgumentHelp("The site: a host name of it, or its tracking id.", valueName: "host"))
  var site: String?

  @Option(
    help: ArgumentHelp("The first day, for example 2026-11-01 (default: the first one with data).", valueName: "date"))
  var since: Day?

  @Option(help: ArgumentHelp("The last day, included (default: the last one with data).", valueName: "date"))
  var until: Day?

  @Option(
    help: ArgumentHelp(
      "Only visits with this value, such as country=DE or source=Google; several may be given.",
      valueName: "name=value"))
  var filter: [String] = []

  @Option(
    help: """
      Lay the period before, or the same days of the year before, beside (default with --html: the period before, where \
      all of its days are there).
      """)
  var compare: ComparedPeriod?

  @Option(help: "The steps of the trend (default: what suits the period).")
  var interval: TrendInterval?

  @Option(
    help: ArgumentHelp("Fail unless the site's days are counted in this IANA time zone.", valueName: "zone"))
  var timezone: String?

  @Option(help: ArgumentHelp("How many rows a list has at most (default: 10; 100 with --html).", valueName: "n"))
  var limit: Int?

  func validate() throws {
    guard (1...100_000).contains(limit ?? 1) else { throw ValidationError("--limit must be 1 to 100000") }
    if let since, let until, since.number > until.number { throw ValidationError("--since is later than --until") }
  }

  /// What is asked for.
  ///
  /// - Parameter rows: the limit of rows where none is given.
  /// - Throws: ``FilterRefusal``.
  func options(limit rows: Int) throws -> ReportOptions {
    var options = ReportOptions()
    options.site = site
    options.since = since?.number
    options.until = until?.number
    options.limit = limit ?? rows
    options.filter = try VisitFilter(parsing: filter)
    options.compared = compare
    options.interval = interval
    options.timeZone = timezone
    return options
  }
}

extension ComparedPeriod: ExpressibleByArgument {}
extension TrendInterval: ExpressibleByArgument {}

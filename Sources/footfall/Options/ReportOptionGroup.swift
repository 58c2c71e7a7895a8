import ArgumentParser
import Reporting
import StatsStore

/// The flags that choose a report.
struct ReportOptionGroup: ParsableArguments {
  @Option(help: ArgumentHelp("Host name or tracking id of the site (default: all sites).", valueName: "host"))
  var site: String?

  @OptionGroup var days: DayOptions

  @Option(
    help: ArgumentHelp(
      "Only visits with this value, such as country=DE or source=Google; repeatable. Or one robot: robot=GPTBot.",
      valueName: "name=value"))
  var filter: [String] = []

  @Option(
    help: """
      Compare with the previous period, or with the same days of the previous year (default with --html: the previous \
      period, if the site has data since its first day).
      """)
  var compare: ComparedPeriod?

  @Option(help: "Steps of the trend (default: depends on the length of the period).")
  var interval: TrendInterval?

  @Option(
    help: ArgumentHelp("Fail unless the site's days are counted in this IANA time zone.", valueName: "zone"))
  var timezone: String?

  @Option(help: ArgumentHelp("Maximum number of rows in a list (default: 10; 100 with --html).", valueName: "n"))
  var limit: Int?

  func validate() throws {
    guard (1...100_000).contains(limit ?? 1) else { throw ValidationError("--limit must be 1 to 100000") }
  }

  /// Returns the options of the report.
  ///
  /// - Parameter rows: the maximum number of rows if no limit is given.
  /// - Throws: ``FilterRefusal``.
  func options(limit rows: Int) throws -> ReportOptions {
    var options = ReportOptions()
    options.site = site
    options.days = days.asked
    options.limit = limit ?? rows
    (options.robot, options.filter) = try ReportFilter.parse(filter)
    options.compared = compare
    options.interval = interval
    options.timeZone = timezone
    return options
  }
}

extension ComparedPeriod: ExpressibleByArgument {}
extension TrendInterval: ExpressibleByArgument {}

public import Hits
import StatsStore

/// The choice of a report.
public struct ReportOptions: Sendable {
  /// The host or tracking id of one site; nil for all sites.
  public var site: String?
  /// The days; those of the site's clock if their names depend on today.
  public var days = AskedDays()
  /// The maximum number of rows in a list.
  public var limit = 10
  /// The filter for visits.
  public var filter = VisitFilter.all
  /// Whether the report is about robots alone.
  public var isOfRobotsOnly = false
  /// The name of the only robot that the report is about; nil for all robots.
  public var robot: String?
  /// The period to compare with; nil for none.
  public var compared: ComparedPeriod?
  /// Whether to skip the comparison if the site has no data since the first day of the compared period.
  public var comparesWholePeriodsOnly = false
  /// The length of a step of the trend; nil to choose it by the length of the period.
  public var interval: TrendInterval?
  /// Whether the report is for a page with pictures.
  public var hasPictures = false
  /// The time zone that the days must be counted in; a site with another zone is refused. Nil for the site's own.
  public var timeZone: String?

  /// Creates options for everything in the database.
  public init() {}
}

/// The reason why a report is refused.
public enum ReportRefusal: Error, Equatable, CustomStringConvertible {
  /// The days were counted in another time zone than the requested one.
  case otherTimeZone(host: String, timeZone: String)
  /// The trend would have too many steps.
  case tooManySteps(Int)

  /// What is wrong, why and what to do, in one line.
  public var description: String {
    switch self {
    case .otherTimeZone(let host, let timeZone):
      "the days of \(host) were counted in the time zone \(timeZone), which cannot be changed; omit --timezone"
    case .tooManySteps(let steps):
      "the trend would have \(NumberText.grouped(steps)) steps, but the maximum is "
        + "\(NumberText.grouped(TrendInterval.mostSteps)); "
        + "use a longer --interval, or narrow the period with --since and --until"
    }
  }
}

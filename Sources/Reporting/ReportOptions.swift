import StatsStore

/// Which report is asked for.
public struct ReportOptions: Sendable {
  /// The host or tracking id of one site; nil for all sites.
  public var site: String?
  /// The first day, in days since 1970-01-01; nil for the first one with data.
  public var since: Int32?
  /// The last day; nil for the last one with data.
  public var until: Int32?
  /// How many rows a list has at most.
  public var limit = 10
  /// Which visits are looked at.
  public var filter = VisitFilter.all
  /// The period that is laid beside; nil for none.
  public var compared: ComparedPeriod?
  /// Whether nothing is laid beside where the site has not all days of that period.
  public var comparesWholePeriodsOnly = false
  /// The length of a step of the trend; nil for the one that suits the period.
  public var interval: TrendInterval?
  /// The zone that days are to be counted in; refused where the site has another one. Nil for the site's own.
  public var timeZone: String?

  /// Everything there is.
  public init() {}
}

/// Why a report cannot be given as asked.
public enum ReportRefusal: Error, Equatable, CustomStringConvertible {
  /// Days were counted in another zone than the one asked for.
  case otherTimeZone(host: String, timeZone: String)
  /// The trend would have more steps than anybody can look at.
  case tooManySteps(Int)

  /// What, why and what to do, in one line.
  public var description: String {
    switch self {
    case .otherTimeZone(let host, let timeZone):
      "the days of \(host) were counted in \(timeZone) and hold for that zone only; leave out --timezone"
    case .tooManySteps(let steps):
      "the trend would have \(NumberText.grouped(steps)) steps and can have \(NumberText.grouped(TrendInterval.mostSteps)); "
        + "use a longer --interval, or narrow the period with --since and --until"
    }
  }
}

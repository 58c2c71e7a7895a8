import Hits
import Rollups
import StatsStore

/// Builds reports from a database.
public struct ReportBuilder {
  private let store: StatsStore

  /// Opens a database for reading; imports may run meanwhile.
  ///
  /// - Throws: ``StoreError``.
  public init(database: String) throws {
    store = try StatsStore(path: database, mode: .read)
  }

  /// Returns a number that changes whenever somebody else commits to the database while this is open.
  ///
  /// - Throws: ``StoreError``.
  public func version() throws -> Int {
    try store.dataVersion()
  }

  /// Returns all sites, in order of their hosts.
  ///
  /// - Throws: ``StoreError``.
  public func sites() throws -> [SiteProfile] {
    try store.sites()
  }

  /// Returns the report on the requested site, or on all sites in order of their hosts.
  ///
  /// - Throws: ``StoreError``, including ``StoreError/noSuchSite(name:)``; ``FilterRefusal``; ``ReportRefusal``.
  public func reports(_ options: ReportOptions) throws -> [Report] {
    let sites = try options.site.map { [try store.site(named: $0)] } ?? store.sites()
    return try sites.map { try report(on: $0, options) }
  }

  private func report(on site: SiteProfile, _ options: ReportOptions) throws -> Report {
    if let zone = options.timeZone, zone != site.timeZone {
      throw ReportRefusal.otherTimeZone(host: site.host, timeZone: site.timeZone)
    }
    return try store.withStatistics(of: site.id, filter: options.filter) { statistics in
      var report = Report(site: site)
      report.filter = options.filter
      report.isOfRobotsOnly = options.isOfRobotsOnly || options.robot != nil
      // If only robots came, their days are those with data.
      let people = report.isOfRobotsOnly ? nil : try statistics.days()
      report.daysWithData = try people ?? statistics.days(of: .robotClass)
      if options.filter == .all, !report.isOfRobotsOnly {
        report.past = try PastReportBuilder(statistics: statistics, options: options).report(ownDays: people)
      }
      guard let withData = report.daysWithData else { return report }
      let first = options.since ?? withData.lowerBound
      let last = options.until ?? withData.upperBound
      guard first <= last else { return report }
      report.days = first...last
      try fill(&report, first...last, statistics, options)
      return report
    }
  }

  private func fill(
    _ report: inout Report, _ days: ClosedRange<Int32>, _ statistics: SiteStatistics, _ options: ReportOptions
  ) throws {
    let interval = options.interval ?? TrendInterval(for: days, hasHours: options.filter == .all)
    guard interval.mostSteps(in: days) <= TrendInterval.mostSteps else {
      throw ReportRefusal.tooManySteps(interval.mostSteps(in: days))
    }
    report.interval = interval
    report.quality = try statistics.quality(of: days)
    report.uncountedDays = try statistics.uncountedDays(in: days)
    // Robots have no visits, so a filter for visits cannot be applied to them.
    if options.filter == .all {
      report.robots = try RobotReportBuilder(
        statistics: statistics, days: days, interval: interval, limit: options.limit, only: options.robot
      ).report()
    }
    (report.total, report.trend) = try measures(of: days, interval, statistics)
    if report.isOfRobotsOnly { return }
    report.sections = try Report.dimensions.filter(options.filter.lists).map { dimension in
      let top = try statistics.top(dimension, in: days, limit: options.limit)
      return Report.Section(dimension: dimension, rows: top.rows, values: top.values)
    }
    // Outcomes are kept for lines, not for visits, so they cannot be filtered.
    if options.filter == .all { report.outcomes = try statistics.outcomes(in: days) }
    report.comparison = try options.compared.flatMap { compared in
      let days = compared.days(before: days)
      let isComplete = report.daysWithData.map { $0.lowerBound <= days.lowerBound } ?? false
      if options.comparesWholePeriodsOnly, !isComplete { return nil }
      var comparison = Comparison(with: compared, days: days, isComplete: isComplete)
      (comparison.total, comparison.trend) = try measures(of: days, interval, statistics)
      return comparison
    }
  }

  private func measures(
    of days: ClosedRange<Int32>, _ interval: TrendInterval, _ statistics: SiteStatistics
  ) throws -> (total: Counts, trend: [Report.TrendPoint]) {
    let daily = try statistics.daily(in: days)
    let hourly = interval == .hour ? try statistics.hourly(in: days) : []
    let total = daily.reduce(into: Counts()) { $0 += $1.counts }
    return (total, interval.trend(over: days, daily: daily, hourly: hourly))
  }
}

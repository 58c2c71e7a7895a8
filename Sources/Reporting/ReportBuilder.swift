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
  /// - Parameter now: Unix seconds, which decide what day is today.
  /// - Throws: ``StoreError``, including ``StoreError/noSuchSite(name:)``; ``FilterRefusal``; ``ReportRefusal``.
  public func reports(_ options: ReportOptions, now: Int64) throws -> [Report] {
    let sites = try options.site.map { [try store.site(named: $0)] } ?? store.sites()
    var unknown: FilterRefusal?
    let reports = try sites.map { site -> Report? in
      do {
        return try report(on: site, options, now: now)
      } catch let refusal as FilterRefusal where sites.count > 1 && refusal.isOfUnknownValue {
        // Another site may have the value.
        unknown = unknown ?? refusal
        return nil
      } catch let refusal as FilterRefusal where sites.count > 1 {
        throw FilterRefusal.onSite(site.host, refusal)
      }
    }
    if let unknown, reports.allSatisfy({ $0?.daysWithData == nil }) { throw unknown }
    return zip(sites, reports).map { site, report in
      if let report { return report }
      var empty = Report(site: site)
      empty.filter = options.filter
      return empty
    }
  }

  private func report(on site: SiteProfile, _ options: ReportOptions, now: Int64) throws -> Report {
    if let zone = options.timeZone, zone != site.timeZone {
      throw ReportRefusal.otherTimeZone(host: site.host, timeZone: site.timeZone)
    }
    let asked = options.days.bounds(today: site.calendar.day(at: now))
    let filter = try store.withStatistics(of: site.id) { try FilterResolving($0).resolve(options.filter) }
    return try store.withStatistics(of: site.id, filter: filter) { statistics in
      var report = Report(site: site)
      report.filter = filter
      report.isOfRobotsOnly = options.isOfRobotsOnly || options.robot != nil
      let people = report.isOfRobotsOnly ? nil : try statistics.days()
      if report.isOfRobotsOnly {
        report.daysWithData = try statistics.days(of: .robotClass)
      } else {
        // A day on which nobody was counted is a day, too.
        report.daysWithData = try statistics.daysOfAll()
      }
      if options.filter == .all, !report.isOfRobotsOnly {
        report.past = try PastReportBuilder(
          statistics: statistics, since: asked.since, until: asked.until, options: options
        ).report(ownDays: people)
      }
      guard let withData = report.daysWithData else { return report }
      let first = asked.since ?? withData.lowerBound
      let last = asked.until ?? withData.upperBound
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
    if report.isOfRobotsOnly { return }
    (report.total, report.trend) = try measures(of: days, interval, statistics)
    try list(&report, days, statistics, options)
    if let filter = report.filter.withoutSubject {
      try addRates(&report, days, statistics.filtered(by: filter), filter)
    }
    if options.hasPictures { report.pictures = try ReportPictures(of: report, days, statistics) }
    report.goals = try GoalCounting(statistics: statistics, filter: report.filter, days: days)
      .reports(on: report.site.goals)
    // Outcomes are kept for lines and funnels for all visits, so they cannot be filtered.
    if options.filter == .all {
      report.outcomes = try statistics.outcomes(in: days)
      report.funnels = try FunnelReport.reports(on: report.site.funnels, statistics, days)
    }
    report.comparison = try options.compared.flatMap { compared in
      let days = compared.days(before: days)
      let isComplete = report.daysWithData.map { $0.lowerBound <= days.lowerBound } ?? false
      if options.comparesWholePeriodsOnly, !isComplete { return nil }
      var comparison = Comparison(with: compared, days: days, isComplete: isComplete)
      (comparison.total, comparison.trend) = try measures(of: days, interval, statistics)
      return comparison
    }
  }

  /// Adds the lists that the filter supports and that all days of the period have.
  private func list(
    _ report: inout Report, _ days: ClosedRange<Int32>, _ statistics: SiteStatistics, _ options: ReportOptions
  ) throws {
    var last: [Cube: Int32?] = [:]
    var listed: [Dimension] = []
    for dimension in Report.dimensions where report.filter.lists(dimension) {
      if let cube = report.filter.cube(listing: dimension) {
        let lacking = try last[cube] ?? statistics.lastDay(without: cube, in: days)
        last[cube] = .some(lacking)
        if let lacking {
          let known = report.notKept ?? ([], lacking)
          report.notKept = (known.dimensions + [dimension], max(known.until, lacking))
          continue
        }
      }
      listed.append(dimension)
    }
    let tops = try statistics.tops(listed, in: days, limit: options.limit)
    report.sections = listed.compactMap { dimension in
      tops[dimension].map { Report.Section(dimension: dimension, rows: $0.rows, values: $0.values) }
    }
  }

  /// Adds what visits with a page or an event are a part of.
  ///
  /// - Parameter all: the statistics of all visits that pass the rest of the filter.
  private func addRates(
    _ report: inout Report, _ days: ClosedRange<Int32>, _ all: SiteStatistics, _ filter: VisitFilter
  ) throws {
    if let cube = filter.cube(), try all.lastDay(without: cube, in: days) != nil { return }
    report.allVisits = try all.daily(in: days).reduce(0) { $0 + $1.counts.visits }
    for index in report.sections.indices where filter.lists(report.sections[index].dimension) {
      let section = report.sections[index]
      if let cube = filter.cube(listing: section.dimension), try all.lastDay(without: cube, in: days) != nil {
        continue
      }
      let values = section.rows.map(\.value).filter { $0 != StatsStore.otherValues }
      let counts = try all.counts(of: section.dimension, values, in: days)
      for row in section.rows.indices {
        report.sections[index].rows[row].allVisits = counts[section.rows[row].value]?.visits
      }
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

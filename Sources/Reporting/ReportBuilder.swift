import Hits
import Rollups
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
  public var limit: Int

  /// Bundles what is asked for.
  public init(site: String?, since: Int32?, until: Int32?, limit: Int) {
    self.site = site
    self.since = since
    self.until = until
    self.limit = limit
  }
}

/// Makes reports from a database.
public struct ReportBuilder {
  private let store: StatsStore

  /// Opens a database for reading; imports may go on meanwhile.
  ///
  /// - Throws: ``StoreError``.
  public init(database: String) throws {
    store = try StatsStore(path: database, mode: .read)
  }

  /// The reports of the site asked for, or of all sites in order of their hosts.
  ///
  /// - Throws: ``StoreError``; ``StoreError/noSuchSite(name:)`` where there is no such site.
  public func reports(_ options: ReportOptions) throws -> [Report] {
    let sites = try store.sites()
    guard let name = options.site else { return try sites.map { try report(on: $0, options) } }
    let host = name.lowercased()
    let found = sites.first { $0.trackingID == name || $0.host == host || $0.hosts.contains(host) }
    guard let found else { throw StoreError.noSuchSite(name: name) }
    return [try report(on: found, options)]
  }

  private func report(on site: SiteProfile, _ options: ReportOptions) throws -> Report {
    try store.withStatistics(of: site.id) { statistics in
      var report = Report(site: site)
      report.daysWithData = try statistics.days()
      guard let withData = report.daysWithData else { return report }
      let first = options.since ?? withData.lowerBound
      let last = options.until ?? withData.upperBound
      guard first <= last else { return report }
      report.days = first...last
      try fill(&report, first...last, statistics, options.limit)
      return report
    }
  }

  private func fill(
    _ report: inout Report, _ days: ClosedRange<Int32>, _ statistics: SiteStatistics, _ limit: Int
  ) throws {
    let daily = try statistics.daily(in: days)
    report.total = daily.reduce(into: report.total) { $0 += $1.counts }
    report.interval = TrendInterval(for: days)
    report.trend = report.interval.trend(over: days, daily: daily, hourly: try statistics.hourly(in: days))
    report.sections = try Report.dimensions.map { dimension in
      let top = try statistics.top(dimension, in: days, limit: limit)
      return Report.Section(dimension: dimension, rows: top.rows, values: top.values)
    }
    report.outcomes = try statistics.outcomes(in: days)
    report.uncountedDays = try statistics.uncountedDays(in: days)
  }
}

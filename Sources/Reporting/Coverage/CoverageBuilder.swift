public import Hits
import StatsStore

/// Builds reports on what was imported.
public struct CoverageBuilder {
  private let store: StatsStore
  private let now: Int64

  /// Opens a database for reading; imports may run meanwhile.
  ///
  /// - Parameter now: Unix seconds; hours that are not over by then cannot be gaps.
  /// - Throws: ``StoreError``.
  public init(database: String, now: Int64) throws {
    store = try StatsStore(path: database, mode: .read)
    self.now = now
  }

  /// Returns the coverage of a site, or of all sites.
  ///
  /// - Parameters:
  ///   - site: a host name or tracking id; nil for all sites.
  ///   - days: the days; by default, from the first to the last hour that has lines.
  /// - Throws: ``StoreError``.
  public func report(site: String?, days: AskedDays) throws -> CoverageReport {
    let sites = try site.map { [try store.site(named: $0)] } ?? store.sites()
    return CoverageReport(
      sites: try sites.map { site in
        let asked = days.bounds(today: site.calendar.day(at: now))
        return try coverage(of: site, since: asked.since, until: asked.until)
      },
      files: try store.unfinishedFiles(), unfinishedImports: try store.unfinishedImports())
  }

  private func coverage(of site: SiteProfile, since: Int32?, until: Int32?) throws -> Coverage {
    var coverage = Coverage(site: site)
    let facts = try store.coverage(of: site.id)
    guard let first = facts.keys.min(), let last = facts.keys.max() else { return coverage }
    // Days outside the period count as neighbours, too.
    let all = (min(first, since ?? first)...max(last, until ?? last)).map { day in
      Self.day(day, facts[day] ?? DayCoverage(), site.calendar)
    }
    var finder = GapFinder(days: all)
    finder.first = since.map { GapFinder.Hour(day: $0, hour: 0) }
    finder.last = until.map { lastHour(ofDay: $0, site.calendar) }
    let period = (since ?? first)...max(since ?? first, until ?? last)
    coverage.gaps = finder.gaps().filter { $0.lastDay >= period.lowerBound && $0.firstDay <= period.upperBound }
    coverage.days = finder.days.filter { period.contains($0.day) }
    return coverage
  }

  /// Returns the last hour, up to the end of a day, that is over.
  private func lastHour(ofDay day: Int32, _ calendar: LocalCalendar) -> GapFinder.Hour {
    let start = calendar.start(ofDay: day)
    let hourAgo = now - 3_600
    guard hourAgo < calendar.start(ofDay: day + 1) else { return GapFinder.Hour(day: day, hour: 23) }
    let today = calendar.day(at: hourAgo)
    let second = Int32(clamping: hourAgo - calendar.start(ofDay: today))
    return start > hourAgo
      ? GapFinder.Hour(day: today, hour: calendar.hour(day: today, second: second))
      : GapFinder.Hour(day: day, hour: calendar.hour(day: day, second: second))
  }

  private static func day(_ day: Int32, _ facts: DayCoverage, _ calendar: LocalCalendar) -> Coverage.Day {
    let length = Int32(clamping: calendar.start(ofDay: day + 1) - calendar.start(ofDay: day))
    var hours = [Int?](repeating: nil, count: 24)
    for second in stride(from: 0, to: length, by: 900) { hours[calendar.hour(day: day, second: second)] = 0 }
    for (hour, lines) in facts.lines where hours.indices.contains(hour) { hours[hour] = lines }
    return Coverage.Day(day: day, state: facts.state, hours: hours, known: facts.known, late: facts.late)
  }
}

import Hits
import Rollups
import StatsStore

/// Builds what a report says about the time before own counting.
struct PastReportBuilder {
  let statistics: SiteStatistics
  /// The first day that was asked for; nil for no bound.
  let since: Int32?
  /// The last day that was asked for; nil for no bound.
  let until: Int32?
  let options: ReportOptions

  /// Returns the report; nil if no other program's statistics are in the period.
  ///
  /// - Parameter ownDays: the days with data of our own; nil if there are none.
  func report(ownDays: ClosedRange<Int32>?) throws -> PastReport? {
    let past = statistics.past
    let begins = try past.firstOwnDay()
    let interval = options.interval.map { $0 == .hour ? .day : $0 } ?? .month
    let series = try past.origins().compactMap { origin, days in
      try self.series(origin, days, interval, before: begins, past)
    }
    guard !series.isEmpty else { return nil }
    return PastReport(
      series: series, interval: interval, own: try own(ownDays, interval), ownBegins: begins)
  }

  private func series(
    _ origin: PastOrigin, _ days: ClosedRange<Int32>, _ interval: TrendInterval, before begins: Int32?,
    _ past: PastStatistics
  ) throws -> PastReport.Series? {
    let first = max(days.lowerBound, since ?? .min)
    let last = min(days.upperBound, until ?? .max, begins.map { $0 - 1 } ?? .max)
    guard first <= last else { return nil }
    // A month is named by its first day, though its data may begin later.
    let asked = min(first, since ?? Self.monthStart(first))...last
    // A month, or a whole file, that goes on after the last day cannot be cut.
    let end = [begins, until.map { $0 &+ 1 }].compactMap { $0 }.min()
    let periods = try past.periods(of: origin, in: asked, endingBefore: end)
    let course = Course(origin: origin, periods: periods, within: first...last)
    let own = course.steps(interval)
    let steps = own.isEmpty ? course.steps(.month) : own
    let lists = try past.lists(of: origin, in: asked, endingBefore: end, limit: options.limit)
    guard !steps.isEmpty || !lists.isEmpty else { return nil }
    return PastReport.Series(
      origin: origin, days: first...last, interval: own.isEmpty ? .month : interval, steps: steps,
      totals: course.totals ?? Course.sum(steps.map(\.numbers), origin),
      lists: lists.map { PastReport.List(dimension: $0.dimension, values: $0.values, rows: $0.rows) },
      cutLists: try past.cutLists(of: origin, in: asked, endingBefore: end))
  }

  private func own(_ days: ClosedRange<Int32>?, _ interval: TrendInterval) throws -> [Report.TrendPoint] {
    guard let days else { return [] }
    let first = max(days.lowerBound, since ?? .min)
    let last = min(days.upperBound, until ?? .max)
    guard first <= last, interval.mostSteps(in: first...last) <= TrendInterval.mostSteps else { return [] }
    return interval.trend(over: first...last, daily: try statistics.daily(in: first...last), hourly: [])
  }

  private static func monthStart(_ day: Int32) -> Int32 {
    let date = DayName.civil(day)
    return DayName.days(year: date.year, month: date.month, day: 1)
  }
}

/// The periods of a series, put into steps.
private struct Course {
  let origin: PastOrigin
  let periods: [PastStatistics.Period]
  /// The days that are shown.
  let within: ClosedRange<Int32>

  init(origin: PastOrigin, periods: [PastStatistics.Period], within: ClosedRange<Int32>) {
    self.origin = origin
    self.periods = periods
    self.within = within
  }

  /// Returns the steps in order; none if the origin did not tell days and the steps are shorter than months, or if there
  /// are too many.
  func steps(_ interval: TrendInterval) -> [PastReport.Step] {
    let days = periods.filter { $0.step == .day }
    let units = interval == .month || interval == .year ? months(days) : days
    var order: [String] = []
    var members: [String: [[String: Int64]]] = [:]
    for unit in units {
      let label = interval.label(
        of: unit.day, within: min(within.lowerBound, unit.day)...max(within.upperBound, unit.day))
      if members[label] == nil { order.append(label) }
      members[label, default: []].append(unit.numbers)
    }
    guard order.count <= TrendInterval.mostSteps else { return [] }
    return order.map { PastReport.Step(label: $0, numbers: Self.sum(members[$0] ?? [], origin)) }
  }

  /// The totals of whole files, with days that belong to none of them; nil if there is no whole file.
  var totals: [String: Int64]? {
    let files = periods.filter { $0.step == .whole }
    guard !files.isEmpty else { return nil }
    let rest = periods.filter { day in
      day.step == .day && !files.contains { ($0.day...$0.last).contains(day.day) }
    }
    return Self.sum((files + rest).map(\.numbers), origin)
  }

  /// Returns months: as the origin counted them, or as sums of days for months of which it told only days.
  private func months(_ days: [PastStatistics.Period]) -> [PastStatistics.Period] {
    let told = periods.filter { $0.step == .month }
    let known = Set(told.map { TrendInterval.month.label(of: $0.day, within: $0.day...$0.day) })
    let rest = Dictionary(grouping: days) { TrendInterval.month.label(of: $0.day, within: $0.day...$0.day) }
      .filter { !known.contains($0.key) }
    let summed = rest.values.compactMap { days in
      days.map(\.day).min().map { first in
        PastStatistics.Period(
          step: .month, days: first...(days.map(\.last).max() ?? first),
          numbers: Self.sum(days.map(\.numbers), origin))
      }
    }
    return (told + summed).sorted { $0.day < $1.day }
  }

  /// Returns sums by measure. Measures that do not add up remain only if there is nothing to add.
  static func sum(_ numbers: [[String: Int64]], _ origin: PastOrigin) -> [String: Int64] {
    guard numbers.count > 1 else { return numbers.first ?? [:] }
    var sums: [String: Int64] = [:]
    for (measure, number) in numbers.joined() where origin.addsUp(measure) { sums[measure, default: 0] += number }
    return sums
  }
}

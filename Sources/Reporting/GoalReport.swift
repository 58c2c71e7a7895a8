import Hits
import Rollups
import StatsStore

/// How many visits reached a goal of the site.
public struct GoalReport: Sendable {
  /// The goal.
  public var goal: SiteGoal
  /// Its measures: `pageviews` counts the events, or the views of the page. Nil if the statistics do not hold them for the
  /// filter or the period.
  public var counts: Counts?

  /// The dimension of the goal's value.
  var dimension: Dimension { goal.kind == .event ? .event : .page }

  /// The part of the visits that reached the goal, 0–1.
  func rate(of total: Counts) -> Double? { counts?.rate(of: total.visits) }
}

/// Counts what reached the goals of a site, for a filter.
struct GoalCounting {
  let statistics: SiteStatistics
  let filter: VisitFilter
  let days: ClosedRange<Int32>

  /// Returns the goals with their measures; none with a filter for a page or an event, which is about one goal itself.
  func reports(on goals: [SiteGoal]) throws -> [GoalReport] {
    guard filter.subject == nil else { return [] }
    return try goals.map { goal in
      var report = GoalReport(goal: goal)
      do { report.counts = try counts(of: report) } catch is FilterRefusal {}
      return report
    }
  }

  private func counts(of report: GoalReport) throws -> Counts? {
    let (dimension, value) = (report.dimension, report.goal.value)
    guard filter == .all || filter.lists(dimension) else { return nil }
    guard dimension == .event else {
      let filter = try VisitFilter(filter.terms + [.init(.page, value)])
      return try statistics.filtered(by: filter).daily(in: days).reduce(into: Counts()) { $0 += $1.counts }
    }
    if let cube = filter.cube(listing: .event), try statistics.lastDay(without: cube, in: days) != nil { return nil }
    return try statistics.counts(of: .event, [value], in: days)[value] ?? Counts()
  }
}

import Hits
import Rollups
import StatsStore

/// How many visits took the steps of a funnel of the site.
public struct FunnelReport: Sendable {
  /// The funnel.
  public var funnel: Funnel
  /// For each step, the visits that took it after all steps before it. Empty if no day was counted with these steps.
  public var steps: [Counts]
  /// The days of the period that have people.
  public var days: Int
  /// How many of them were counted with these steps.
  public var daysCounted: Int

  /// A step, for display.
  struct Row {
    /// As people write it.
    var text: String
    var counts: Counts
    /// The part of the visits with the first step that took this one, 0–1; nil if there are none.
    var rate: Double?
    /// The part of the visits with the step before, 0–1; nil if there are none, and for the first step.
    var rateOfPrevious: Double?
  }

  var rows: [Row] {
    func rate(_ counts: Counts, of all: Counts) -> Double? { all.visits == 0 ? nil : counts.rate(of: all.visits) }
    return zip(funnel.steps, steps).enumerated().map { index, step in
      Row(
        text: step.0.text, counts: step.1, rate: rate(step.1, of: steps[0]),
        rateOfPrevious: index == 0 ? nil : rate(step.1, of: steps[index - 1]))
    }
  }

  /// What limits the numbers; nil if nothing does.
  var remark: String? {
    guard daysCounted < days else { return nil }
    return daysCounted == 0
      ? "No day of the period was counted with these steps; sealed days need to be rebuilt for it."
      : "\(NumberText.grouped(daysCounted)) of \(NumberText.grouped(days)) days were counted with these steps."
  }
}

extension FunnelReport {
  /// Reads the numbers of the site's funnels; they are kept for all visits only.
  static func reports(
    on funnels: [Funnel], _ statistics: SiteStatistics, _ days: ClosedRange<Int32>
  ) throws -> [FunnelReport] {
    try funnels.map { funnel in
      let found = try statistics.funnel(funnel.sequences, in: days)
      return FunnelReport(
        funnel: funnel, steps: found.daysCounted == 0 ? [] : funnel.sequences.map { found.counts[$0] ?? Counts() },
        days: found.days, daysCounted: found.daysCounted)
    }
  }
}

import Hits
import Rollups
import Testing

@testable import Reporting

@Suite struct TrendIntervalTests {
  private static func days(_ first: String, _ last: String) throws -> ClosedRange<Int32> {
    try #require(DayName.day(named: first))...(try #require(DayName.day(named: last)))
  }

  private static func counts(_ visitors: Int64) -> Counts {
    var counts = Counts()
    counts.visitors = visitors
    return counts
  }

  @Test(arguments: [
    ("2026-11-09", "2026-11-09", TrendInterval.hour, 24, "2026-11-09 00:00"),
    ("2026-11-09", "2026-11-10", .day, 2, "2026-11-09"),
    ("2026-10-01", "2026-10-31", .day, 31, "2026-10-01"),
    ("2026-10-01", "2026-11-01", .week, 5, "2026-10-01"),
    ("2026-01-05", "2026-06-30", .week, 26, "2026-01-05"),
    ("2025-11-15", "2026-11-14", .month, 13, "2025-11"),
    ("1969-12-29", "1970-02-01", .week, 5, "1969-12-29"),
  ])
  func suitsThePeriod(_ first: String, _ last: String, _ interval: TrendInterval, _ points: Int, _ label: String) throws
  {
    let days = try Self.days(first, last)
    #expect(TrendInterval(for: days) == interval)
    #expect(TrendInterval(for: days, hasHours: false) == (interval == .hour ? .day : interval))
    #expect(points <= interval.mostSteps(in: days))
    let trend = interval.trend(over: days, daily: [], hourly: [])
    #expect(trend.count == points)
    #expect(trend.first?.label == label)
  }

  @Test func addsUpTheDaysOfAStepAndShowsGaps() throws {
    let days = try Self.days("2026-10-01", "2026-11-08")
    let gap = try Self.days("2026-10-12", "2026-10-18")
    let daily = days.filter { !gap.contains($0) }.map { (day: $0, counts: Self.counts(1)) }
    let trend = TrendInterval.week.trend(over: days, daily: daily, hourly: [])
    #expect(trend.map(\.label) == ["2026-10-01", "2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02"])
    #expect(trend.map(\.counts.visitors) == [4, 7, 0, 7, 7, 7])
  }

  @Test func putsHoursInTheirPlaces() throws {
    let days = try Self.days("2026-10-24", "2026-10-25")
    let hours = [(days.lowerBound, 9, Self.counts(3)), (days.upperBound, 23, Self.counts(1))]
    let trend = TrendInterval.hour.trend(over: days, daily: [], hourly: hours)
    #expect(trend.count == 48)
    #expect(trend.filter { $0.counts.visitors > 0 }.map(\.label) == ["2026-10-24 09:00", "2026-10-25 23:00"])
  }
}

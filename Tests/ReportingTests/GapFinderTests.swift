import StatsStore
import Testing

@testable import Reporting

@Suite struct GapFinderTests {
  /// Returns days with the same number of lines in every hour, then applies a change.
  private static func days(
    _ lines: Int, _ count: Int = 14, change: (inout [Coverage.Day]) -> Void = { _ in }
  ) -> [Coverage.Day] {
    var days = (0..<count).map { day in
      Coverage.Day(
        day: Int32(day), state: .sealed, hours: [Int?](repeating: lines, count: 24), known: 0, late: 0)
    }
    change(&days)
    return days
  }

  private static func gaps(_ days: [Coverage.Day], until: GapFinder.Hour? = nil) -> [Coverage.Gap] {
    var finder = GapFinder(days: days)
    finder.last = until
    let gaps = finder.gaps()
    #expect(finder.days.reduce(0) { $0 + $1.missingHours.count } == gaps.reduce(0) { $0 + $1.hours })
    return gaps
  }

  @Test func wholeDaysHaveNone() {
    #expect(Self.gaps(Self.days(100)) == [])
    #expect(Self.gaps([]) == [])
  }

  @Test func anHourOfABusySiteIsOne() {
    let days = Self.days(100) { $0[5].hours[3] = 0 }
    #expect(
      Self.gaps(days) == [
        Coverage.Gap(firstDay: 5, firstHour: 3, lastDay: 5, lastHour: 3, hours: 1, expectedLines: 100)
      ])
  }

  /// Consecutive hours are one gap, across midnight and whole days.
  @Test func hoursInARowAreOneGap() {
    let days = Self.days(4) { days in
      for hour in 20..<24 { days[5].hours[hour] = 0 }
      days[6].hours = Array(repeating: 0, count: 24)
      for hour in 0..<6 { days[7].hours[hour] = 0 }
    }
    #expect(
      Self.gaps(days) == [
        Coverage.Gap(firstDay: 5, firstHour: 20, lastDay: 7, lastHour: 5, hours: 34, expectedLines: 136)
      ])
  }

  /// Four independent lines an hour: three empty hours are chance, four are a gap.
  @Test(arguments: [(3, 0), (4, 1)]) func aQuietSiteNeedsMoreHours(_ hours: Int, _ gaps: Int) {
    let days = Self.days(4) { days in for hour in 0..<hours { days[6].hours[hour] = 0 } }
    #expect(Self.gaps(days).count == gaps)
  }

  /// An hour that never has lines is not missed, for example during nightly maintenance.
  @Test func hoursThatAreAlwaysEmptyAreNoGap() {
    let days = Self.days(500) { days in for day in days.indices where day != 3 { days[day].hours[2] = 0 } }
    #expect(Self.gaps(days) == [])
  }

  /// A flood of requests on one day does not turn the quiet hour of other days into a gap.
  @Test func aFloodIsNotExpectedAgain() {
    let days = Self.days(1) { days in
      days[4].hours[2] = 100_000
      days[6].hours[2] = 0
    }
    #expect(Self.gaps(days) == [])
  }

  @Test func theClockLeapingOverAnHourIsNoGap() {
    let days = Self.days(500) { $0[5].hours[2] = nil }
    #expect(Self.gaps(days) == [])
  }

  @Test func prunedDaysAreNoGap() {
    let days = Self.days(500) { days in
      for day in 2..<5 {
        days[day].state = .pruned
        days[day].hours = Array(repeating: 0, count: 24)
      }
    }
    #expect(Self.gaps(days) == [])
  }

  /// A day on which all hours are quiet does not miss its empty hours; a normal day would.
  @Test(arguments: [(100, 1), (5, 0)]) func aQuietDayMissesLess(_ lines: Int, _ gaps: Int) {
    let days = Self.days(100) { days in
      days[6].hours = Array(repeating: lines, count: 24)
      days[6].hours[12] = 0
    }
    #expect(Self.gaps(days).count == gaps)
  }

  /// A site that is closed every seventh day is compared by weekday. The first two closed days have too few others to
  /// compare with.
  @Test func weekdaysAreHeldAgainstTheirLike() {
    let days = Self.days(100, 42) { days in
      for day in stride(from: 6, to: 42, by: 7) { for hour in 0..<20 { days[day].hours[hour] = 0 } }
    }
    #expect(Self.gaps(days) == [])
    #expect(Self.gaps(Array(days.prefix(14))).count == 2)
  }

  /// As many lines, but ten times as many in every tenth hour: empty hours that would be a gap with evenly spread
  /// lines are not one.
  @Test func linesThatComeTogetherAreMissedLess() {
    let days = Self.days(0, 30) { days in
      for hour in 0..<days.count * 24 where (hour * 7) % 10 == 0 { days[hour / 24].hours[hour % 24] = 40 }
      for hour in 0..<12 { days[15].hours[hour] = 0 }
    }
    #expect(Self.gaps(days) == [])
    let even = Self.days(4, 30) { days in for hour in 0..<12 { days[15].hours[hour] = 0 } }
    #expect(Self.gaps(even).count == 1)
  }

  /// Hours before the first line and after the last one are missed only if a period is given.
  @Test func theEndsAreMissedOnlyWhereAskedFor() {
    let days = Self.days(100) { days in
      for hour in 0..<10 { days[0].hours[hour] = 0 }
      for hour in 12..<24 { days[13].hours[hour] = 0 }
    }
    #expect(Self.gaps(days) == [])
    let until = Self.gaps(days, until: GapFinder.Hour(day: 13, hour: 14))
    #expect(until.map(\.hours) == [3])
    #expect(until.first?.start == "1970-01-14 12:00" && until.first?.end == "1970-01-14 15:00")
  }

  private static let sites: [(visits: Double, images: Double)] = [
    (0.05, 5), (0.3, 5), (1, 5), (1, 0), (3, 5), (3, 0), (12, 5), (60, 3),
  ]

  /// A year of sites of all sizes without any outage: no alarm.
  @Test(arguments: sites) func chanceIsNoGap(_ visits: Double, _ images: Double) {
    #expect(Self.gaps(MadeUpTraffic(visits: visits, images: images).days(365, seed: 1)) == [])
  }

  /// Outages that start at noon, just long enough for a site of this size.
  @Test(arguments: [(1.0, 5.0, 72), (3, 5, 36), (12, 5, 8), (60, 3, 1)])
  func outagesAreFound(_ visits: Double, _ images: Double, _ hours: Int) {
    for (seed, day) in zip(UInt64(1)..., [9, 17, 25, 29]) {
      var days = MadeUpTraffic(visits: visits, images: images).days(50, seed: seed)
      for hour in day * 24 + 12..<day * 24 + 12 + hours { days[hour / 24].hours[hour % 24] = 0 }
      let gaps = Self.gaps(days)
      #expect(gaps.count == 1 && (hours...hours + 12).contains(gaps.first?.hours ?? 0), "day \(day)")
    }
  }
}

import StatsStore
import Testing

@testable import Reporting

@Suite struct GapFinderTests {
  /// Fourteen days of so many lines an hour, changed by hand.
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

  /// Hours in a row are one gap, over midnight and over whole days.
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

  /// Four lines an hour: four hours without are chance, five are a gap.
  @Test(arguments: [(4, 0), (5, 1)]) func aQuietSiteNeedsMoreHours(_ hours: Int, _ gaps: Int) {
    let days = Self.days(4) { days in for hour in 0..<hours { days[6].hours[hour] = 0 } }
    #expect(Self.gaps(days).count == gaps)
  }

  /// An hour that never has lines is not missed, such as that of a nightly maintenance.
  @Test func hoursThatAreAlwaysEmptyAreNoGap() {
    let days = Self.days(500) { days in for day in days.indices where day != 3 { days[day].hours[2] = 0 } }
    #expect(Self.gaps(days) == [])
  }

  /// The one day with a flood of requests does not make the others' quiet hour a gap.
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

  /// What comes before the first and after the last line is missed only where a period is asked for.
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
}

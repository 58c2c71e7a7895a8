import Hits
import Testing

@Suite struct NamedPeriodTests {
  /// Names on Wednesday, 2026-01-07, with the first and the last day.
  private static let cases: [(name: String, first: String, last: String)] = [
    ("today", "2026-01-07", "2026-01-07"), ("yesterday", "2026-01-06", "2026-01-06"),
    ("1d", "2026-01-07", "2026-01-07"), ("7d", "2026-01-01", "2026-01-07"), ("30d", "2025-12-09", "2026-01-07"),
    ("this-week", "2026-01-05", "2026-01-07"), ("last-week", "2025-12-29", "2026-01-04"),
    ("this-month", "2026-01-01", "2026-01-07"), ("last-month", "2025-12-01", "2025-12-31"),
    ("this-year", "2026-01-01", "2026-01-07"), ("last-year", "2025-01-01", "2025-12-31"),
    ("2026-11-02", "2026-11-02", "2026-11-02"), ("2026-10", "2026-10-01", "2026-10-31"),
    ("2024-02", "2024-02-01", "2024-02-29"), ("2025-12", "2025-12-01", "2025-12-31"),
    ("2026", "2026-01-01", "2026-12-31"), ("2026-W41", "2026-10-05", "2026-10-11"),
    ("2026-W01", "2025-12-29", "2026-01-04"), ("2026-W53", "2026-12-28", "2027-01-03"),
    ("2025-W01", "2024-12-30", "2025-01-05"),
  ]

  @Test(arguments: cases) func namesAreDays(_ name: String, _ first: String, _ last: String) throws {
    let today = try #require(DayName.day(named: "2026-01-07"))
    let days = try #require(NamedPeriod(name)).days(today: today)
    #expect(DayName.name(days.lowerBound) == first)
    #expect(DayName.name(days.upperBound) == last)
  }

  /// 2025 has 52 weeks.
  @Test(arguments: [
    "", "d", "0d", "-1d", "99999d", "7D", "Today", "this-day", "last-", "next-month", "2026-13", "2026-00", "2026-1",
    "26",
    "20261", "1969", "2025-W53", "2026-W00", "2026-W5", "2026-w05", "2026-02-30", "2026-11-2", "2026-11-02-03", " 2026",
    "2026-", "٢٠٢٦", "30 d", "7days",
  ]) func othersAreNone(_ name: String) {
    #expect(NamedPeriod(name) == nil)
  }

  @Test func eachEndIsNamedByItself() throws {
    let today: Int32 = 20_460
    let asked = AskedDays(since: NamedPeriod("2025"), until: NamedPeriod("yesterday"))
    let bounds = asked.bounds(today: today)
    #expect(bounds.since.map(DayName.name) == "2025-01-01")
    #expect(bounds.until == today - 1)
    #expect(AskedDays().bounds(today: today).since == nil)
  }
}

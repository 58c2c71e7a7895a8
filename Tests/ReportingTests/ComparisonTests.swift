import Hits
import Testing

@testable import Reporting

@Suite struct ComparisonTests {
  @Test(arguments: [
    (ComparedPeriod.previous, "2026-11-09", "2026-11-15", "2026-11-02", "2026-11-08"),
    (.previous, "2026-03-01", "2026-03-01", "2026-02-28", "2026-02-28"),
    (.year, "2026-11-09", "2026-11-15", "2025-11-09", "2025-11-15"),
    (.year, "2024-02-29", "2024-03-01", "2023-02-28", "2023-03-01"),
    (.year, "2024-02-29", "2024-02-29", "2023-02-28", "2023-02-28"),
    (.year, "2025-02-01", "2025-02-28", "2024-02-01", "2024-02-28"),
  ])
  func findsThePeriod(
    _ compared: ComparedPeriod, _ since: String, _ until: String, _ first: String, _ last: String
  ) throws {
    let days = try #require(DayName.day(named: since))...(try #require(DayName.day(named: until)))
    let found = compared.days(before: days)
    #expect(DayName.name(found.lowerBound) == first)
    #expect(DayName.name(found.upperBound) == last)
  }

  @Test(arguments: [
    (100.0, 112.5, "+12.5 %"), (100, 50, "−50.0 %"), (100, 100, "±0.0 %"), (0, 5, "–"), (3, 9, "+200.0 %"),
    (10_000, 9_999, "±0.0 %"),
  ])
  func tellsChanges(_ old: Double, _ new: Double, _ expected: String) {
    #expect(Change.relative(from: old, to: new) == expected)
  }

  @Test(arguments: [(0.4, 0.385, "−1.5 pp"), (0.4, 0.4, "±0.0 pp"), (0, 1, "+100.0 pp")])
  func tellsDifferencesOfShares(_ old: Double, _ new: Double, _ expected: String) {
    #expect(Change.points(from: old, to: new) == expected)
  }

  @Test(arguments: [
    ([Int64](), ""), ([0, 0], ""), ([0, 1, 2, 4, 8], " ▂▃▅█"), ([5], "█"), ([1, 1_000_000], "▁█"),
  ])
  func drawsSparklines(_ numbers: [Int64], _ expected: String) {
    #expect(Sparkline.text(numbers) == expected)
  }
}

import Hits
import TestSupport
import Testing

/// Central European time in 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC.
private let berlin = LocalCalendar(
  firstOffset: 3_600,
  transitions: [
    .init(instant: 1_774_746_000, offset: 7_200), .init(instant: 1_792_890_000, offset: 3_600),
  ])

@Suite struct LocalCalendarTests {
  @Test(
    arguments: [
      (0, "1970-01-01"), (86_399, "1970-01-01"), (86_400, "1970-01-02"), (-1, "1969-12-31"),
      (1_788_220_800, "2026-09-01"),
    ] as [(Int64, String)])
  func daysOfUTC(_ instant: Int64, _ name: String) {
    #expect(DayName.name(LocalCalendar.utc.day(at: instant)) == name)
  }

  @Test func daysOfSummerTimeAreShiftedAndTheOddDaysHave23And25Hours() throws {
    let spring = try #require(DayName.day(named: "2026-03-29"))
    let autumn = try #require(DayName.day(named: "2026-10-25"))
    #expect(berlin.start(ofDay: spring + 1) - berlin.start(ofDay: spring) == 23 * 3_600)
    #expect(berlin.start(ofDay: autumn + 1) - berlin.start(ofDay: autumn) == 25 * 3_600)
    #expect(berlin.hour(day: spring, second: 3_600) == 1)
    #expect(berlin.hour(day: spring, second: 7_200) == 3)
    #expect(berlin.hour(day: autumn, second: 7_200) == 2)
    #expect(berlin.hour(day: autumn, second: 10_800) == 2)
    #expect(berlin.hour(day: autumn, second: 89_999) == 23)
  }

  @Test func aClockThatLeapsOverMidnightStartsTheDayLater() throws {
    let day = try #require(DayName.day(named: "2026-05-10"))
    let midnight = Int64(day) * 86_400
    let leaping = LocalCalendar(firstOffset: 0, transitions: [.init(instant: midnight, offset: 3_600)])
    #expect(leaping.start(ofDay: day) == midnight)
    #expect(leaping.hour(day: day, second: 0) == 1)
  }

  @Test func aClockSetBackOverMidnightStartsTheDayAtItsFirstInstant() throws {
    let day = try #require(DayName.day(named: "2026-05-10"))
    let midnight = Int64(day) * 86_400
    let falling = LocalCalendar(firstOffset: 0, transitions: [.init(instant: midnight + 1_800, offset: -3_600)])
    #expect(falling.start(ofDay: day) == midnight)
    #expect(falling.day(at: midnight + 1_799) == day)
    #expect(falling.day(at: midnight + 1_800) == day - 1)
  }

  @Test func everyInstantLiesInItsDay() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      let instant = Int64.random(in: 1_767_225_600...1_798_761_600, using: &generator)
      let day = berlin.day(at: instant)
      #expect(berlin.start(ofDay: day) <= instant)
      #expect(instant < berlin.start(ofDay: day + 1))
    }
  }

  @Test(arguments: ["1970-01-01", "1969-12-31", "2000-02-29", "2024-02-29", "2026-12-31", "1899-03-01"])
  func dayNamesGoBothWays(_ name: String) throws {
    #expect(DayName.name(try #require(DayName.day(named: name))) == name)
  }

  @Test(arguments: [
    "", "2026-2-01", "2026-02-30", "2026-13-01", "2026-00-10", "26-01-01", "2026-01-01T00", "+026-01-01",
  ])
  func refusesWhatIsNoDate(_ name: String) {
    #expect(DayName.day(named: name) == nil)
  }
}

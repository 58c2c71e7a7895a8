import StatsStore

/// Finds hours without lines that should have some: a pure function of the lines of each hour.
///
/// What an hour should have is told by the same hour of the neighbouring days: the median of up to seven days on either
/// side that have any lines. A quiet night of a small site is no gap, and neither is an hour in which there is never a
/// line. Empty hours in a row are a gap if ``threshold`` lines or more were to be expected in them: were lines to come by
/// chance, so many would fail to come once in 500 million times.
struct GapFinder {
  /// An hour of a day.
  struct Hour: Comparable {
    var day: Int32
    var hour: Int

    static func < (left: Hour, right: Hour) -> Bool {
      (left.day, left.hour) < (right.day, right.hour)
    }
  }

  /// How many lines have to be missing.
  static let threshold = 20
  /// How many days on either side are neighbours.
  static let reach = 7

  /// All days in order without a break.
  private(set) var days: [Coverage.Day]
  private let lines: [Int]
  /// The first hour looked at; nil for the first with lines.
  var first: Hour?
  /// The last hour looked at; nil for the last with lines.
  var last: Hour?

  init(days: [Coverage.Day]) {
    self.days = days
    lines = days.map(\.lines)
  }

  /// All gaps in order; the days note which of their hours are missing.
  mutating func gaps() -> [Coverage.Gap] {
    var gaps: [Coverage.Gap] = []
    var stretch: [(index: Int, hour: Int, expected: Int)] = []
    let first = first ?? edge(days.indices.map { $0 }, hours: Array(0..<24))
    let last = last ?? edge(days.indices.reversed(), hours: Array((0..<24).reversed()))
    guard let first, let last else { return [] }
    for index in days.indices {
      for hour in 0..<24 {
        guard let lines = days[index].hours[hour] else { continue }
        let place = Hour(day: days[index].day, hour: hour)
        if lines == 0, days[index].state != .pruned, first <= place, place <= last {
          stretch.append((index, hour, expected(index, hour)))
        } else {
          end(&stretch, &gaps)
        }
      }
    }
    end(&stretch, &gaps)
    return gaps
  }

  /// The first hour with lines, in the order given.
  private func edge(_ order: [Int], hours: [Int]) -> Hour? {
    for index in order {
      if let hour = hours.first(where: { (days[index].hours[$0] ?? 0) > 0 }) {
        return Hour(day: days[index].day, hour: hour)
      }
    }
    return nil
  }

  /// The lower median of the same hour's lines on the neighbouring days.
  private func expected(_ index: Int, _ hour: Int) -> Int {
    let before = (0..<index).reversed().lazy.filter { lines[$0] > 0 }.prefix(Self.reach)
    let after = (index + 1..<days.count).lazy.filter { lines[$0] > 0 }.prefix(Self.reach)
    let neighbours = (Array(before) + Array(after)).compactMap { days[$0].hours[hour] }.sorted()
    return neighbours.isEmpty ? 0 : neighbours[(neighbours.count - 1) / 2]
  }

  private mutating func end(
    _ stretch: inout [(index: Int, hour: Int, expected: Int)], _ gaps: inout [Coverage.Gap]
  ) {
    defer { stretch = [] }
    let expected = stretch.reduce(0) { $0 + $1.expected }
    guard let first = stretch.first, let last = stretch.last, expected >= Self.threshold else { return }
    for hour in stretch { days[hour.index].missingHours.append(hour.hour) }
    gaps.append(
      Coverage.Gap(
        firstDay: days[first.index].day, firstHour: first.hour, lastDay: days[last.index].day, lastHour: last.hour,
        hours: stretch.count, expectedLines: expected))
  }
}

import StatsStore

/// Finds hours without lines that should have some: a pure function of the lines of each hour.
///
/// Lines come in bursts, such as a page with its images. ``UsualLines`` estimates how many lines were expected in a
/// run of empty hours, and how many come in a burst. So at least expected ÷ burst visits were expected, or fewer if
/// the surrounding hours were quiet, too. Visits arrive at random: the chance that none of n expected ones arrives is 1
/// in eⁿ (Poisson). If that happens less than once in a hundred years of hours (``threshold``), the hours are a gap. So
/// a quiet night of a small site is not a gap, and neither is an hour that never has lines.
struct GapFinder {
  /// An hour of a day.
  struct Hour: Comparable {
    var day: Int32
    var hour: Int

    static func < (left: Hour, right: Hour) -> Bool {
      (left.day, left.hour) < (right.day, right.hour)
    }
  }

  /// The number of visits that must be missing: e¹⁴ is 1.2 million, a hundred years have 0.9 million hours.
  static let threshold = 14.0
  /// The number of hours on either side that show whether it was quiet.
  private static let around = 12

  /// An hour that exists on the clock.
  private struct Cell {
    /// The index of its day.
    var index: Int
    var place: Hour
    /// Nil if the day was pruned.
    var lines: Int?
  }

  /// Consecutive days, in order.
  private(set) var days: [Coverage.Day]
  private let usual: UsualLines
  /// The first hour to check; nil for the first with lines.
  var first: Hour?
  /// The last hour to check; nil for the last with lines.
  var last: Hour?

  init(days: [Coverage.Day]) {
    self.days = days
    usual = UsualLines(days)
  }

  /// Finds all gaps, in order, and marks their hours as missing in ``days``.
  mutating func gaps() -> [Coverage.Gap] {
    let cells = cellsOfPeriod()
    let gaps = Self.stretches(cells).compactMap { gap($0, cells) }
    for (stretch, _) in gaps {
      for cell in cells[stretch] { days[cell.index].missingHours.append(cell.place.hour) }
    }
    return gaps.map(\.gap)
  }

  /// Returns the hours to check, without those that the clock skips.
  private func cellsOfPeriod() -> [Cell] {
    let cells = days.indices.flatMap { index in
      days[index].hours.indices.compactMap { hour in
        days[index].hours[hour].map { lines in
          Cell(
            index: index, place: Hour(day: days[index].day, hour: hour),
            lines: days[index].state == .pruned ? nil : lines)
        }
      }
    }
    let isLine = { (cell: Cell) in (cell.lines ?? 0) > 0 }
    guard let first = first ?? cells.first(where: isLine)?.place, let last = last ?? cells.last(where: isLine)?.place
    else { return [] }
    return cells.filter { first <= $0.place && $0.place <= last }
  }

  /// Returns the runs of consecutive hours without lines.
  private static func stretches(_ cells: [Cell]) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    for index in cells.indices where cells[index].lines == 0 {
      if let last = stretches.last, last.upperBound == index {
        stretches[stretches.count - 1] = last.lowerBound..<index + 1
      } else {
        stretches.append(index..<index + 1)
      }
    }
    return stretches
  }

  /// Returns a run of hours without lines as a gap; nil if the absence of lines can be chance.
  private func gap(_ stretch: Range<Int>, _ cells: [Cell]) -> (stretch: Range<Int>, gap: Coverage.Gap)? {
    let parts = Self.parts(cells[stretch])
    let expected = parts.map { usual.expected(day: $0.index, hours: $0.hours) }
    let lines = expected.reduce(0, +)
    guard Double(lines) >= Self.threshold else { return nil }
    let bustle = bustle(around: stretch, cells)
    let visits = zip(parts, expected).reduce(0) { $0 + Double($1.1) / usual.burst(day: $1.0.index) } * bustle
    guard visits >= Self.threshold, let first = cells[stretch].first, let last = cells[stretch].last else { return nil }
    let gap = Coverage.Gap(
      firstDay: first.place.day, firstHour: first.place.hour, lastDay: last.place.day, lastHour: last.place.hour,
      hours: stretch.count, expectedLines: Int((Double(lines) * bustle).rounded()))
    return (stretch, gap)
  }

  /// Returns the ratio of actual to expected lines in the surrounding hours, at most 1: a holiday is quiet all day.
  private func bustle(around stretch: Range<Int>, _ cells: [Cell]) -> Double {
    let before = max(0, stretch.lowerBound - Self.around)..<stretch.lowerBound
    let after = stretch.upperBound..<min(cells.count, stretch.upperBound + Self.around)
    let lines = (cells[before] + cells[after]).reduce(0) { $0 + ($1.lines ?? 0) }
    let expected = (Self.parts(cells[before]) + Self.parts(cells[after])).reduce(0) {
      $0 + usual.expected(day: $1.index, hours: $1.hours)
    }
    return expected == 0 ? 1 : min(1, Double(lines) / Double(expected))
  }

  /// Splits consecutive hours by day.
  private static func parts(_ cells: ArraySlice<Cell>) -> [(index: Int, hours: Range<Int>)] {
    var parts: [(index: Int, hours: Range<Int>)] = []
    for cell in cells {
      if let last = parts.last, last.index == cell.index {
        parts[parts.count - 1].hours = last.hours.lowerBound..<cell.place.hour + 1
      } else {
        parts.append((cell.index, cell.place.hour..<cell.place.hour + 1))
      }
    }
    return parts
  }
}

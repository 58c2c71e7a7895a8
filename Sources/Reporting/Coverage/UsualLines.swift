/// The usual number of lines in the hours of a day, estimated from its neighbours: a pure function of the lines of each
/// hour.
struct UsualLines {
  /// The number of days on either side that are neighbours.
  static let reach = 7
  /// The number of days of the same weekday on either side that are neighbours.
  static let weeks = 4

  private let hours: [[Int]]
  private let totals: [Int]

  /// - Parameter days: consecutive days, in order.
  init(_ days: [Coverage.Day]) {
    hours = days.map { day in day.hours.map { $0 ?? 0 } }
    totals = hours.map { $0.reduce(0, +) }
  }

  /// Returns the number of lines expected in some hours of a day: the lower median over the same hours of the nearest
  /// days that have lines at all, or over those of the same weekday, whichever is less.
  func expected(day: Int, hours range: Range<Int>) -> Int {
    let near = median(of: neighbours(of: day, step: 1, count: Self.reach), range)
    let weekdays = neighbours(of: day, step: 7, count: Self.weeks)
    // A single one may be the day of an outage, or a holiday.
    return weekdays.count < 2 ? near : min(near, median(of: weekdays, range))
  }

  /// Returns the number of lines in a burst around a day, 1 or more: the variance of the lines per hour over their
  /// mean.
  ///
  /// For each neighbour it is the sum of (lines − expected)² ÷ expected over its hours, ÷ 23, where expected is the
  /// hour's usual share of the day's lines. That is Pearson's estimate of the dispersion of a quasi-Poisson model
  /// (McCullagh and Nelder, "Generalized Linear Models", section 4.5). Differences between busy and quiet days and
  /// hours do not add to it. The result is the upper quartile of the neighbours, which a single flood does not
  /// change.
  func burst(day: Int) -> Double {
    let near = neighbours(of: day, step: 1, count: Self.reach)
    guard !near.isEmpty else { return 1 }
    let shares = (0..<24).map { hour in
      near.reduce(0) { $0 + Double(hours[$1][hour]) / Double(totals[$1]) } / Double(near.count)
    }
    let bursts = near.map { neighbour in
      shares.indices.reduce(0) { sum, hour in
        let expected = shares[hour] * Double(totals[neighbour])
        guard expected > 0 else { return sum }
        let difference = Double(hours[neighbour][hour]) - expected
        return sum + difference * difference / expected
      } / 23
    }.sorted()
    return max(1, bursts[bursts.count * 3 / 4])
  }

  /// Returns the nearest days that have lines, on either side, in multiples of a step.
  private func neighbours(of day: Int, step: Int, count: Int) -> [Int] {
    let before = stride(from: day - step, through: 0, by: -step).lazy.filter { totals[$0] > 0 }.prefix(count)
    let after = stride(from: day + step, to: totals.count, by: step).lazy.filter { totals[$0] > 0 }.prefix(count)
    return Array(before) + Array(after)
  }

  private func median(of days: [Int], _ range: Range<Int>) -> Int {
    let sums = days.map { hours[$0][range].reduce(0, +) }.sorted()
    return sums.isEmpty ? 0 : sums[(sums.count - 1) / 2]
  }
}

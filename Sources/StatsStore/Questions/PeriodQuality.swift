/// How much of a period there is to tell of.
public struct PeriodQuality: Equatable, Sendable {
  /// How many days have data.
  public var daysWithData = 0
  /// The days without data, day upon day together, in order.
  public var gaps: [ClosedRange<Int32>] = []
  /// How many days are open, so that further lines may be counted.
  public var openDays = 0

  /// Nothing is known.
  public init() {}

  /// - Parameter known: the days of the period with data, in order.
  init(of days: ClosedRange<Int32>, known: [Int32], openDays: Int) {
    daysWithData = known.count
    self.openDays = openDays
    var next = days.lowerBound
    for day in known {
      if day > next { gaps.append(next...day - 1) }
      next = day + 1
    }
    if next <= days.upperBound { gaps.append(next...days.upperBound) }
  }
}

/// How much data there is for a period.
public struct PeriodQuality: Equatable, Sendable {
  /// The number of days with data.
  public var daysWithData = 0
  /// The days without data, as ranges in order.
  public var gaps: [ClosedRange<Int32>] = []
  /// The number of open days, which still accept lines.
  public var openDays = 0
  /// The number of days on which people load parts of pages.
  public var loadingDays = 0

  /// Creates the quality of a period without data.
  public init() {}

  /// - Parameter known: the days of the period with data, in order.
  init(of days: ClosedRange<Int32>, known: [Int32], openDays: Int, loadingDays: Int) {
    daysWithData = known.count
    self.openDays = openDays
    self.loadingDays = loadingDays
    var next = days.lowerBound
    for day in known {
      if day > next { gaps.append(next...day - 1) }
      next = day + 1
    }
    if next <= days.upperBound { gaps.append(next...days.upperBound) }
  }
}

import Hits
import Rollups

/// The length of a step of the trend, by default chosen so that a period has at most about thirty steps.
public enum TrendInterval: String, CaseIterable, Sendable {
  /// Hours in the site's time zone, for a single day.
  case hour
  /// Days, up to a month.
  case day
  /// Weeks from Monday to Sunday, up to half a year.
  case week
  /// Calendar months.
  case month
  /// Calendar years.
  case year

  /// The maximum number of steps in a trend, whatever the options.
  public static let mostSteps = 2_000

  /// Chooses the interval for a period.
  ///
  /// - Parameter hasHours: whether the measures of hours are known.
  public init(for days: ClosedRange<Int32>, hasHours: Bool = true) {
    switch days.count {
    case 1 where hasHours: self = .hour
    case ...31: self = .day
    case ...186: self = .week
    default: self = .month
    }
  }

  /// Returns the maximum number of steps in a period.
  func mostSteps(in days: ClosedRange<Int32>) -> Int {
    switch self {
    case .hour: days.count * 24
    case .day: days.count
    case .week: days.count / 7 + 2
    case .month: days.count / 28 + 2
    case .year: days.count / 365 + 2
    }
  }

  /// Returns the steps of a period, with the measures of its days or hours.
  func trend(
    over days: ClosedRange<Int32>, daily: [(day: Int32, counts: Counts)],
    hourly: [(day: Int32, hour: Int, counts: Counts)]
  ) -> [Report.TrendPoint] {
    if self == .hour { return hours(of: days, hourly) }
    let steps = steps(of: days)
    var points = steps.labels.map { Report.TrendPoint(label: $0, counts: Counts()) }
    for (day, counts) in daily { points[steps.step(ofDay: day)].counts += counts }
    return points
  }

  /// Returns the steps of a period for what is counted by days; a step of an hour is a day here.
  func steps(of days: ClosedRange<Int32>) -> TrendSteps {
    var labels: [String] = []
    let ofDays = days.map { day in
      let label = self.label(of: day, within: days)
      if labels.last != label { labels.append(label) }
      return labels.count - 1
    }
    return TrendSteps(labels: labels, first: days.lowerBound, ofDays: ofDays)
  }

  private func hours(
    of days: ClosedRange<Int32>, _ hourly: [(day: Int32, hour: Int, counts: Counts)]
  ) -> [Report.TrendPoint] {
    var points = days.flatMap { day in
      (0...23).map { hour in
        Report.TrendPoint(
          label: DayName.name(day) + (hour < 10 ? " 0" : " ") + "\(hour):00", counts: Counts())
      }
    }
    for (day, hour, counts) in hourly where hour < 24 {
      points[Int(day - days.lowerBound) * 24 + hour].counts = counts
    }
    return points
  }

  /// Returns the name of the step that a day belongs to. A week is named after its first day within the period.
  func label(of day: Int32, within days: ClosedRange<Int32>) -> String {
    switch self {
    case .hour, .day: DayName.name(day)
    case .week: DayName.name(max(days.lowerBound, DayName.monday(of: day)))
    case .month: String(DayName.name(day).prefix(7))
    case .year: String(DayName.name(day).prefix(4))
    }
  }
}

/// The steps of a trend, and which days belong to each.
struct TrendSteps {
  /// The names of the steps.
  let labels: [String]
  fileprivate let first: Int32
  /// The index of the step of each day.
  fileprivate let ofDays: [Int]

  /// Returns the index of the step that a day of the period belongs to.
  func step(ofDay day: Int32) -> Int { ofDays[Int(day - first)] }
}

import Hits
import Rollups

/// The length of a step of the trend, chosen so that a period has some thirty of them at most.
public enum TrendInterval: String, Sendable {
  /// Hours of the day, for a single day.
  case hour
  /// Days, up to a month.
  case day
  /// Weeks from Monday to Sunday, up to half a year.
  case week
  /// Calendar months.
  case month

  /// The interval that suits a period.
  public init(for days: ClosedRange<Int32>) {
    switch days.count {
    case 1: self = .hour
    case ...31: self = .day
    case ...186: self = .week
    default: self = .month
    }
  }

  /// The steps of a period with the measures of its days, or of its hours where it is one day.
  func trend(
    over days: ClosedRange<Int32>, daily: [(day: Int32, counts: Counts)], hourly: [(hour: Int, counts: Counts)]
  ) -> [Report.TrendPoint] {
    if self == .hour {
      let byHour = Dictionary(uniqueKeysWithValues: hourly.map { ($0.hour, $0.counts) })
      return (0...23).map { hour in
        Report.TrendPoint(label: (hour < 10 ? "0" : "") + "\(hour):00", counts: byHour[hour] ?? Counts())
      }
    }
    let byDay = Dictionary(uniqueKeysWithValues: daily.map { ($0.day, $0.counts) })
    var points: [Report.TrendPoint] = []
    for day in days {
      let label = self.label(of: day, within: days)
      if points.last?.label != label { points.append(Report.TrendPoint(label: label, counts: Counts())) }
      if let counts = byDay[day] { points[points.count - 1].counts += counts }
    }
    return points
  }

  /// The name of the step a day belongs to. A week is named after its first day within the period.
  private func label(of day: Int32, within days: ClosedRange<Int32>) -> String {
    switch self {
    case .hour, .day: DayName.name(day)
    case .week: DayName.name(max(days.lowerBound, DayName.monday(of: day)))
    case .month: String(DayName.name(day).prefix(7))
    }
  }
}

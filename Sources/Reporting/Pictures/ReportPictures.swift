import Hits
import Rollups
import StatsStore

/// What only the pictures of a page show.
public struct ReportPictures: Sendable {
  /// The lists whose first values have a course.
  private static let withCourses: [Dimension] = [
    .page, .entryPage, .source, .channel, .utmCampaign, .country, .event,
  ]
  /// The number of values of a list that have a course.
  static let courses = 10
  /// The greatest number of steps of a course.
  private static let steps = 40
  /// Shorter periods have no courses, and no week of hours.
  private static let fewestDays = 3

  /// Page views by weekday and hour; nil for a short period, and with a filter, because hours are not kept by filter.
  public var week: WeekHours?
  /// Visitors by country, all of them; empty if the filter does not list countries.
  public var countries: [(code: String, visitors: Int64)] = []
  /// Visitors step by step, of the first values of some lists; none with a filter.
  public var courses: [Dimension: [String: [Int64]]] = [:]
}

extension ReportPictures {
  /// Collects what the pictures of a report need that has its lists.
  init(of report: Report, _ days: ClosedRange<Int32>, _ statistics: SiteStatistics) throws {
    if let list = report.sections.first(where: { $0.dimension == .country }) {
      // Usually the list has all of them.
      let rows =
        list.rows.count == list.values ? list.rows : try statistics.top(.country, in: days, limit: 1_000).rows
      countries = rows.map { ($0.value, $0.counts.visitors) }
    }
    guard report.filter == .all, days.count >= Self.fewestDays else { return }
    if days.count >= 7 { week = WeekHours(try statistics.hoursOfWeek(in: days)) }
    let width = (days.count + Self.steps - 1) / Self.steps
    for section in report.sections where Self.withCourses.contains(section.dimension) {
      let values = section.rows.prefix(Self.courses).map(\.value)
      let visitors = try statistics.visitors(of: section.dimension, values, in: days, every: width)
      courses[section.dimension] = visitors.mapValues { found in
        var steps = [Int64](repeating: 0, count: (days.count + width - 1) / width)
        for (step, visitors) in found { steps[step] = visitors }
        return steps
      }
    }
  }
}

/// Page views by the weekday and the hour of the site's clock.
public struct WeekHours: Sendable {
  /// From Monday, each with 24 hours.
  public private(set) var pageviews = [[Int64]](repeating: [Int64](repeating: 0, count: 24), count: 7)

  init(_ hours: [(weekday: Int, hour: Int, pageviews: Int64)]) {
    for (weekday, hour, views) in hours where (0..<24).contains(hour) { pageviews[weekday][hour] = views }
  }
}

import Hits
import Rollups
import StatsStore

/// Reports as one JSON object; docs/cli.md documents the keys, which only ever grow.
public enum JSONReport {
  /// The text of the object, with a line end.
  public static func text(of reports: [Report]) throws -> String {
    try JSONText.of(Document(sites: reports.map(Site.init)))
  }

  private struct Document: Encodable {
    var sites: [Site]
  }

  private struct Site: Encodable {
    var site: String
    var tracking_id: String
    var timezone: String
    var since: String?
    var until: String?
    var totals: Measures
    var interval: String
    var trend: [Measures]
    var dimensions: [String: List]
    var outcomes: [String: Int]
    var uncounted_days: Int

    init(_ report: Report) {
      site = report.site.host
      tracking_id = report.site.trackingID
      timezone = report.site.timeZone
      since = (report.days?.lowerBound).map(DayName.name)
      until = (report.days?.upperBound).map(DayName.name)
      totals = Measures(report.total)
      totals.bounce_rate = report.total.bounceRate
      totals.views_per_visit = report.total.viewsPerVisit
      totals.seconds_per_visit = report.total.secondsPerVisit
      interval = report.interval.rawValue
      trend = report.trend.map { Measures($0.counts, start: $0.label) }
      dimensions = Dictionary(uniqueKeysWithValues: report.sections.map { ($0.dimension.name, List($0)) })
      outcomes = Dictionary(uniqueKeysWithValues: report.outcomes.present.map { ($0.outcome.name, $0.lines) })
      uncounted_days = report.uncountedDays
    }
  }

  private struct List: Encodable {
    /// How many values there are, whatever the limit of rows.
    var values: Int
    var rows: [Measures]

    init(_ section: Report.Section) {
      values = section.values
      rows = section.rows.map { Measures($0.counts, value: $0.value) }
    }
  }

  /// The measures of a step of the trend, of a value of a list, or of the whole period.
  private struct Measures: Encodable {
    var start: String?
    var value: String?
    var visitors: Int64
    var visits: Int64
    var pageviews: Int64
    var bounces: Int64
    var seconds: Int64
    var bounce_rate: Double?
    var views_per_visit: Double?
    var seconds_per_visit: Double?

    init(_ counts: Counts, start: String? = nil, value: String? = nil) {
      self.start = start
      self.value = value
      visitors = counts.visitors
      visits = counts.visits
      pageviews = counts.pageviews
      bounces = counts.bounces
      seconds = counts.seconds
    }
  }
}

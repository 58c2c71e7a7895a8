import Hits
import Rollups
import StatsStore

/// Reports as one JSON object; docs/report-formats.md documents the keys, which only ever grow.
public enum JSONReport {
  /// Returns the text of the object, with a line end.
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
    var filter: [Term]
    var totals: Measures
    var interval: String
    var trend: [Measures]
    var comparison: Compared?
    var dimensions: [String: List]
    var goals: [Goal]
    var funnels: [Funnel]
    var lists_not_kept: NotKept?
    var robots: RobotsJSON?
    var outcomes: [String: Int]
    var days_with_data: Int
    var open_days: Int
    var gaps: [Period]
    var uncounted_days: Int
    var loading_days: Int
    var past: [PastJSON]

    init(_ report: Report) {
      site = report.site.host
      tracking_id = report.site.trackingID
      timezone = report.site.timeZone
      since = (report.days?.lowerBound).map(DayName.name)
      until = (report.days?.upperBound).map(DayName.name)
      filter = report.filter.terms.map { Term(dimension: $0.dimension.name, value: $0.value) }
      totals = Measures(total: report.total, of: report)
      interval = report.interval.rawValue
      trend = report.trend.map { Measures($0.counts, start: $0.label) }
      comparison = report.comparison.map(Compared.init)
      dimensions = Dictionary(uniqueKeysWithValues: report.sections.map { ($0.dimension.name, List($0)) })
      goals = report.goals.map { Goal($0, report.total) }
      funnels = report.funnels.map(Funnel.init)
      lists_not_kept = report.notKept.map(NotKept.init)
      robots = report.robots.map(RobotsJSON.init)
      outcomes = Dictionary(uniqueKeysWithValues: report.outcomes.present.map { ($0.outcome.name, $0.lines) })
      days_with_data = report.quality.daysWithData
      open_days = report.quality.openDays
      gaps = report.quality.gaps.map(Period.init)
      uncounted_days = report.uncountedDays
      loading_days = report.quality.loadingDays
      past = (report.past?.series ?? []).map(PastJSON.init)
    }
  }

  private struct Period: Encodable {
    var since: String
    var until: String

    init(_ days: ClosedRange<Int32>) {
      since = DayName.name(days.lowerBound)
      until = DayName.name(days.upperBound)
    }
  }

  private struct Goal: Encodable {
    var goal: String
    var conversions: Int64?
    var visitors: Int64?
    var visits: Int64?
    var rate: Double?

    init(_ report: GoalReport, _ total: Counts) {
      goal = report.goal.text
      conversions = report.counts?.pageviews
      visitors = report.counts?.visitors
      visits = report.counts?.visits
      rate = report.rate(of: total)
    }
  }

  private struct Funnel: Encodable {
    struct Step: Encodable {
      var step: String
      var visitors: Int64
      var visits: Int64
      var rate: Double?
      var rate_of_previous: Double?
    }

    var funnel: String
    var days: Int
    var days_counted: Int
    var steps: [Step]

    init(_ report: FunnelReport) {
      funnel = report.funnel.name
      days = report.days
      days_counted = report.daysCounted
      steps = report.rows.map {
        Step(
          step: $0.text, visitors: $0.counts.visitors, visits: $0.counts.visits, rate: $0.rate,
          rate_of_previous: $0.rateOfPrevious)
      }
    }
  }

  private struct NotKept: Encodable {
    var until: String
    var dimensions: [String]

    init(_ lists: (dimensions: [Dimension], until: Int32)) {
      until = DayName.name(lists.until)
      dimensions = lists.dimensions.map(\.name)
    }
  }

  private struct Term: Encodable {
    var dimension: String
    var value: String
  }

  private struct Compared: Encodable {
    var with: String
    var since: String
    var until: String
    var complete: Bool
    var totals: Measures
    var trend: [Measures]

    init(_ comparison: Comparison) {
      with = comparison.with.rawValue
      since = DayName.name(comparison.days.lowerBound)
      until = DayName.name(comparison.days.upperBound)
      complete = comparison.isComplete
      totals = Measures(total: comparison.total)
      trend = comparison.trend.map { Measures($0.counts, start: $0.label) }
    }
  }

  private struct List: Encodable {
    /// The number of values, whatever the limit of rows.
    var values: Int
    var rows: [Measures]

    init(_ section: Report.Section) {
      values = section.values
      rows = section.rows.map { row in
        var measures = Measures(row.counts, value: row.value)
        (measures.all_visits, measures.rate) = (row.allVisits, row.rate)
        if section.dimension == .eventProperty { measures.partProperty() }
        if !SectionLayout(section.dimension).hasVisitors { measures.visitors_seen_loading = nil }
        return measures
      }
    }
  }

  /// The measures of a step of the trend, of a value of a list, or of the whole period.
  private struct Measures: Encodable {
    var start: String?
    var event: String?
    var property: String?
    var value: String?
    var visitors: Int64
    var visits: Int64
    var pageviews: Int64
    var bounces: Int64
    var seconds: Int64
    var visitors_seen_loading: Int64?
    var bounce_rate: Double?
    var views_per_visit: Double?
    var seconds_per_visit: Double?
    var all_visits: Int64?
    var rate: Double?

    init(_ counts: Counts, start: String? = nil, value: String? = nil) {
      self.start = start
      self.value = value
      visitors = counts.visitors
      visits = counts.visits
      pageviews = counts.pageviews
      bounces = counts.bounces
      seconds = counts.seconds
      visitors_seen_loading = counts.seenLoading
    }

    init(total: Counts) {
      self.init(total)
      bounce_rate = total.bounceRate
      views_per_visit = total.viewsPerVisit
      seconds_per_visit = total.secondsPerVisit
    }

    init(total: Counts, of report: Report) {
      self.init(total: total)
      all_visits = report.allVisits
      rate = report.rate
    }

    /// Splits the value of an event's property into event, property and value.
    mutating func partProperty() {
      let separator = Character(Unicode.Scalar(HitBatch.separator))
      guard let parts = value?.split(separator: separator, omittingEmptySubsequences: false).map(String.init),
        parts.count == 3
      else { return }
      (event, property, value) = (parts[0], parts[1], parts[2])
    }
  }
}

import Hits
import Rollups
import StatsStore

/// The statistics of a site over a period: values only, ready to be rendered.
public struct Report: Sendable {
  /// One list: the values of a dimension with the most visitors.
  public struct Section: Sendable {
    /// The dimension of the values.
    public var dimension: Dimension
    /// The first values, most visitors first.
    public var rows: [SiteStatistics.Row]
    /// The number of all values.
    public var values: Int
  }

  /// One step of the trend.
  public struct TrendPoint: Equatable, Sendable {
    /// The start of the step: `2026-11-02`, `2026-11` for a month, `2026-11-02 09:00` for an hour.
    public var label: String
    /// Its measures.
    public var counts: Counts
  }

  /// The site.
  public var site: SiteProfile
  /// The filter for visits.
  public var filter = VisitFilter.all
  /// The days of the report, both included; nil if the site has no data at all.
  public var days: ClosedRange<Int32>?
  /// The first and last day that have data, whatever the days of the report.
  public var daysWithData: ClosedRange<Int32>?
  /// The measures of the period; visitors are daily visitors.
  public var total = Counts()
  /// With a filter for a page or an event, the visits of the period that pass the rest of the filter; nil if unknown.
  public var allVisits: Int64?
  /// The length of a step of the trend.
  public var interval: TrendInterval = .day
  /// The measures step by step, without gaps.
  public var trend: [TrendPoint] = []
  /// The same measures for another period; nil if no comparison was requested.
  public var comparison: Comparison?
  /// The lists, in the order of ``Report/dimensions``; with a filter, only those that it supports.
  public var sections: [Section] = []
  /// The lists that the filter supports, but not for some days up to this one, which do not hold them; nil if there are none.
  public var notKept: (dimensions: [Dimension], until: Int32)?
  /// What reached the goals of the site; empty with a filter for a page or an event.
  public var goals: [GoalReport] = []
  /// What took the steps of the site's funnels; empty with a filter.
  public var funnels: [FunnelReport] = []
  /// What only pages show; nil if it was not asked for.
  public var pictures: ReportPictures?
  /// What robots did; nil with a filter for visits.
  public var robots: RobotReport?
  /// What other programs counted before; nil if there is nothing in the period, or with a filter.
  public var past: PastReport?
  /// Whether the report is about robots alone: it has neither a trend nor lists of people.
  public var isOfRobotsOnly = false
  /// The outcomes of the lines of the period; empty with a filter.
  public var outcomes = OutcomeCounts()
  /// How much of the period has data, whatever the filter.
  public var quality = PeriodQuality()
  /// The number of days of the period that are not fully counted, because an import was interrupted or an earlier
  /// version counted them.
  public var uncountedDays = 0

  /// Creates a report without data.
  public init(site: SiteProfile) {
    self.site = site
  }

  /// Whether nobody was counted, and nothing else came in the period.
  var isEmpty: Bool {
    days == nil
      || total.visits == 0 && sections.allSatisfy(\.rows.isEmpty) && outcomes.total == 0
        && robots?.requests ?? 0 == 0
  }

  /// The dimensions that have a list, in the order in which they are shown.
  public static let dimensions: [Dimension] = [
    .page, .entryPage, .exitPage, .nextPage, .previousPage, .source, .channel, .referrer, .utmSource, .utmMedium,
    .utmCampaign, .utmContent,
    .utmTerm, .country, .region, .city, .network, .browser, .browserVersion, .os, .osVersion, .device, .event,
    .eventProperty, .notFound, .robotClass, .behaviour, .behaviourEvent,
  ]
}

extension Counts {
  /// Bounces per visit, 0–1; 0 if there are no visits.
  public var bounceRate: Double { visits == 0 ? 0 : Double(bounces) / Double(visits) }
  /// Returns which part of all visits these are, 0–1; 0 if there are none.
  func rate(of allVisits: Int64) -> Double { allVisits == 0 ? 0 : Double(visits) / Double(allVisits) }
  /// Page views per visit; 0 if there are no visits.
  public var viewsPerVisit: Double { visits == 0 ? 0 : Double(pageviews) / Double(visits) }
  /// Seconds per visit, bounces included; 0 if there are no visits.
  public var secondsPerVisit: Double { visits == 0 ? 0 : Double(seconds) / Double(visits) }
}

extension SiteStatistics.Row {
  /// How many of all visits with the value have the page or event of the filter, 0–1; nil without such a filter.
  var rate: Double? { allVisits.map(counts.rate) }
}

extension Report {
  /// How many of all visits have the page or event of the filter, 0–1; nil without such a filter.
  var rate: Double? { allVisits.map(total.rate) }
}

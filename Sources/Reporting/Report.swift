import Hits
import Rollups
import StatsStore

/// What an owner wants to know of a site over a period: values only, ready to be rendered.
public struct Report: Sendable {
  /// One list: the values of a dimension that have most visitors.
  public struct Section: Sendable {
    /// What the values are of.
    public var dimension: Dimension
    /// The first values, most visitors first.
    public var rows: [SiteStatistics.Row]
    /// How many values there are in all.
    public var values: Int
  }

  /// One step of the trend.
  public struct TrendPoint: Equatable, Sendable {
    /// When it starts: `2026-11-02`, `2026-11` for a month, `2026-11-02 09:00` for an hour.
    public var label: String
    /// Its measures.
    public var counts: Counts
  }

  /// The site.
  public var site: SiteProfile
  /// Which visits are looked at.
  public var filter = VisitFilter.all
  /// The days looked at, both included; nil where the site has no data at all.
  public var days: ClosedRange<Int32>?
  /// The first and last day that have data, whatever was asked for.
  public var daysWithData: ClosedRange<Int32>?
  /// The measures of the period; visitors are daily visitors.
  public var total = Counts()
  /// The steps of the trend.
  public var interval: TrendInterval = .day
  /// The measures step by step, without gaps.
  public var trend: [TrendPoint] = []
  /// The same measures of another period; nil where none was asked for.
  public var comparison: Comparison?
  /// The lists, in the order of ``Report/dimensions``; under a filter those that it lists.
  public var sections: [Section] = []
  /// How the lines of the period ended; nothing under a filter.
  public var outcomes = OutcomeCounts()
  /// How much of the period there is, whatever the filter.
  public var quality = PeriodQuality()
  /// Days of the period that are not counted to the end, because an import was interrupted.
  public var uncountedDays = 0

  /// A report without data.
  public init(site: SiteProfile) {
    self.site = site
  }

  /// The dimensions that have a list, in the order they are shown in.
  public static let dimensions: [Dimension] = [
    .page, .entryPage, .exitPage, .source, .channel, .referrer, .utmSource, .utmMedium, .utmCampaign, .utmContent,
    .utmTerm, .country, .region, .city, .network, .browser, .browserVersion, .os, .osVersion, .device, .event,
    .eventProperty, .notFound, .robotClass, .behaviour, .behaviourEvent,
  ]
}

extension Counts {
  /// Bounces per visit, 0–1; 0 where there are no visits.
  public var bounceRate: Double { visits == 0 ? 0 : Double(bounces) / Double(visits) }
  /// Page views per visit; 0 where there are no visits.
  public var viewsPerVisit: Double { visits == 0 ? 0 : Double(pageviews) / Double(visits) }
  /// Seconds per visit, bounces included; 0 where there are no visits.
  public var secondsPerVisit: Double { visits == 0 ? 0 : Double(seconds) / Double(visits) }
}

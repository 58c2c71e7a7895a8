import Hits
import StatsStore

/// What was imported of a site over a period, hour by hour, and what seems to be missing: values only.
public struct Coverage: Sendable {
  /// One day.
  public struct Day: Equatable, Sendable {
    /// The day, in days since 1970-01-01.
    public var day: Int32
    /// Whether it is open, sealed or pruned; nil where no line of it was counted.
    public var state: DayCoverage.State?
    /// The lines of each hour 0–23; nil for an hour that the clock leaps over.
    public var hours: [Int?]
    /// The hours that are part of a gap.
    public var missingHours: [Int] = []
    /// How many lines were met that had been imported already.
    public var known: Int
    /// How many lines came after the day was sealed.
    public var late: Int

    /// The lines of all hours.
    public var lines: Int { hours.reduce(0) { $0 + ($1 ?? 0) } }
  }

  /// Some hours in a row without a line that should have had some.
  public struct Gap: Equatable, Sendable {
    /// The day of its first hour.
    public var firstDay: Int32
    /// Its first hour.
    public var firstHour: Int
    /// The day of its last hour.
    public var lastDay: Int32
    /// Its last hour.
    public var lastHour: Int
    /// How many hours it has.
    public var hours: Int
    /// How many lines were to be expected by the same hours of neighbouring days.
    public var expectedLines: Int
  }

  /// The site.
  public var site: SiteProfile
  /// The days from the first to the last one looked at; none where nothing was imported.
  public var days: [Day] = []
  /// What seems to be missing, in order.
  public var gaps: [Gap] = []
}

/// The coverage of some sites, and of the files that their lines came from.
public struct CoverageReport: Sendable {
  /// The sites, by host.
  public var sites: [Coverage]
  /// Files that were not whole, or had lines that could not be read, when they were last read.
  public var files: [FileCoverage]
  /// Imports that have not ended, after which none has.
  public var unfinishedImports: [Int64]

  /// Whether anything seems to be missing.
  public var hasGaps: Bool { sites.contains { !$0.gaps.isEmpty } }
}
